export { isConfigClass, type ConfigClass } from './config-class.ts';
export { configSpec, type ConfigSpec } from './config-spec.ts';
export { secretValues } from './secret-values.ts';
export { Field, type FieldOptions } from './field.ts';
export { IsTime } from './is-time.ts';
