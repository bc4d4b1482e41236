/** Forms made from JSON Schema. */
export { tidied, type JsonObject } from './json.ts';
export type { Fault } from './form-context.ts';
export { missingIn } from './missing.ts';
export type { Schema } from './schema.ts';
export { SchemaForm } from './schema-form.tsx';
export { hasSecrets, withoutSecrets } from './without-secrets.ts';
