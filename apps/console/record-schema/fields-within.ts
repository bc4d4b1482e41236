/** As much of JSON Schema as tells of a field. It comes from connectors: nothing about it is certain. */
export interface Described {
  type?: unknown;
  title?: unknown;
  description?: unknown;
  format?: unknown;
  properties?: unknown;
  additionalProperties?: unknown;
  items?: unknown;
}

/** The names that lead to a field; null: an element of a list. */
export type Way = readonly (string | null)[];

const deepest = 5;

/** The fields of records, those within others and in the elements of lists behind them. */
export function* fieldsWithin(
  schema: Described,
  way: Way = [],
  depth = 0,
): Generator<{ way: Way; name: string; field: Described }> {
  if (depth === deepest) return;
  for (const [name, described] of Object.entries(objectIn(schema.properties))) {
    const field = objectIn(described);
    const here = [...way, name];
    yield { way: here, name, field };
    yield* fieldsWithin(field, here, depth + 1);
    if (field.items !== undefined) yield* fieldsWithin(objectIn(field.items), [...here, null], depth + 1);
  }
}

export function objectIn(value: unknown): object & Described {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
