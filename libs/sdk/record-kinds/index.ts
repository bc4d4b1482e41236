/** What records of each kind may say: one declaration, published at /api/schemas. */
export { recordKindNames, recordKinds, type RecordKindName } from './record-kinds.ts';
export type { RecordKind } from './record-kind.ts';
