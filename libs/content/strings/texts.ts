/** By key. */
export type Texts = Record<string, string>;

/** The texts of keys, each from the first table that has it. What none has is absent. */
export function textsFrom(tables: readonly ReadonlyMap<string, string>[], keys: readonly string[]): Texts {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = tables.find((table) => table.has(key))?.get(key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}
