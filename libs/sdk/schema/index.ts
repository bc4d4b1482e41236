export { compileSchema, type SchemaFault, type SchemaOptions } from './compile-schema.ts';
