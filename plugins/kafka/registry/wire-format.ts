/**
 * Confluent's wire format: a zero byte, the schema's id in 4 bytes, then the data.
 * https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
 */
const magicByte = 0;
const headerBytes = 5;

export interface Framed {
  schema: number;
  data: Buffer;
}

/** Undefined: it is not in the wire format. No JSON and hardly any text begins with a zero byte. */
export function unframe(bytes: Buffer): Framed | undefined {
  if (bytes.length < headerBytes || bytes[0] !== magicByte) return undefined;
  return { schema: bytes.readInt32BE(1), data: bytes.subarray(headerBytes) };
}

export function frame({ schema, data }: Framed): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeInt32BE(schema, 1);
  return Buffer.concat([header, data]);
}
