/** Reads and writes the data of one schema. */
export interface SchemaCodec {
  /** Throws an error that says why the bytes cannot be read. */
  decode(data: Buffer): unknown;
  /** Throws an error that says what of the value does not fit. */
  encode(value: unknown): Buffer;
}

export type SchemaType = 'AVRO' | 'JSON';

/** A schema as the registry gives it. */
export interface RegisteredSchema {
  schemaType: SchemaType;
  schema: string;
  /** Named types (Avro) or documents (JSON Schema) that it refers to, those without references first. */
  references: { name: string; schema: string }[];
}
