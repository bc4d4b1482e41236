/** What forms are made of. */
export { Both, type BothRow } from './both.tsx';
export { CancelButton } from './cancel-button.tsx';
export { Check } from './check.tsx';
export { Faults } from './faults.tsx';
export { Field, type Tied } from './field.tsx';
export { FieldGroup } from './field-group.tsx';
export { OvertakenNotice } from './overtaken-notice.tsx';
export { RestoredNotice } from './restored-notice.tsx';
export { useIdempotencyKey } from './use-idempotency-key.ts';
export { firstFault } from './first-fault.ts';
export { useKeptFocus } from './use-kept-focus.ts';
export { default as form } from './field.module.css';
