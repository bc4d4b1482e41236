/** Decoded Avro as JSON data: bytes in base64, numbers that JSON does not know as null, records without their classes, values of unions without their branches. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(plainValue);
  if (isBranch(value)) return plainValue(value.unwrap());
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plainValue(field)]));
}

/** What avsc wraps values of a union in whose branches it could not tell apart by the values, such as two records. */
function isBranch(value: object): value is { unwrap: () => unknown } {
  const { unwrap } = Object.getPrototypeOf(value) as { unwrap?: unknown };
  return typeof unwrap === 'function';
}
