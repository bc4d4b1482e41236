export { handedRowModel, handedRowSchema, type HandedWay, type StoredHandedRow } from './handed-row.schema.ts';
export { HandedRows } from './handed-rows.ts';
export { HandOver, type HandOverPlan } from './hand-over.ts';
