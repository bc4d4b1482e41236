export type { FieldType, SeenField } from './infer-fields.ts';
export { SchemaOnRead, type InferredSchema } from './schema-on-read.ts';
