/** A real PostgreSQL for specs, from this machine's own installation. */
export { describeWithPostgres } from './describe-with-postgres.ts';
export { startPostgres, type Postgres } from './start-postgres.ts';
