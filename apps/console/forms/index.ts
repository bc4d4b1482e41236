/** What forms are made of. */
export { Faults } from './faults.tsx';
export { Field, type Tied } from './field.tsx';
export { FieldGroup } from './field-group.tsx';
export { useIdempotencyKey } from './use-idempotency-key.ts';
export { default as form } from './field.module.css';
