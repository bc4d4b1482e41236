export { SchemasController } from './schemas.controller.ts';
