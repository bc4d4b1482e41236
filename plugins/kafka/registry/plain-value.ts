/** Decoded Avro as JSON data: bytes in base64, numbers that JSON does not know as null, records without their classes. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plainValue(field)]));
}
