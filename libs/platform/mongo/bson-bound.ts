const fixed = 16; // a number, a date, an id or the like, and what frames it

/** Bytes that a plain value takes as BSON, rather too many than too few. */
export function bsonBound(value: unknown): number {
  if (typeof value === 'string') return fixed + 3 * value.length;
  if (typeof value !== 'object' || value === null || value instanceof Date) return fixed;
  if (value instanceof Uint8Array) return fixed + value.byteLength;
  if (Array.isArray(value)) return arrayBound(value);
  let bytes = fixed;
  for (const name in value) bytes += 3 * name.length + bsonBound((value as Record<string, unknown>)[name]);
  return bytes;
}

function arrayBound(values: readonly unknown[]): number {
  const name = 8; // the place of a value is its name
  let bytes = fixed;
  for (const value of values) bytes += name + bsonBound(value);
  return bytes;
}
