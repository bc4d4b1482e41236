/** A value, or a function that makes it when the first check needs it (after `beforeAll`). */
export type Lazy<T> = T | (() => T | Promise<T>);

export async function resolveLazy<T>(value: Lazy<T>): Promise<T> {
  return typeof value === 'function' ? await (value as () => T | Promise<T>)() : value;
}
