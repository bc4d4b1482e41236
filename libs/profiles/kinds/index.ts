/** What records of each kind may say: one declaration, published at /api/schemas. */
export { kindNames, kinds, type KindName } from './kinds.ts';
export type { Kind } from './kind.ts';
export { SchemasController } from './schemas.controller.ts';
