export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is no object has no fields. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The object with that value, or without it where that is undefined. */
export function withField(object: JsonObject, name: string, value: unknown): JsonObject {
  const { [name]: _, ...rest } = object;
  if (value === undefined) return rest;
  return name in object ? { ...object, [name]: value } : { ...rest, [name]: value };
}

/** As it is sent: without nulls, and without the lines of lists in which nothing was entered. */
export function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== '' && one !== undefined).map(tidied);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([name, one]) => [name, tidied(one)]),
  );
}
