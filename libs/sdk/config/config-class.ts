/** A class with `@Field` and class-validator decorators, constructed without arguments. */
export type ConfigClass<C = unknown> = new () => C;

export function isConfigClass(config: unknown): config is ConfigClass {
  return typeof config === 'function';
}
