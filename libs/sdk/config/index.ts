export { isConfigClass, type ConfigClass } from './config-class.ts';
export { configSpec, type ConfigSpec } from './config-spec.ts';
export { Field, type FieldOptions } from './field.ts';
