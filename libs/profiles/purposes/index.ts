export { bases, purposeModel, purposeSchema, type Basis, type StoredPurpose } from './purpose.schema.ts';
export { PurposeChanges } from './purpose-changes.ts';
export { PurposesController } from './purposes.controller.ts';
export { Purposes, type Purpose } from './purposes.ts';
