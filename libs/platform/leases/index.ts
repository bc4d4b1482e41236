export { leaseSchema, type Lease } from './lease.schema.ts';
export { Leases } from './leases.ts';
