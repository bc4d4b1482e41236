import { compileSchema, parseJson, type JsonSchema } from '@millrace/sdk';
import type { RegisteredSchema, SchemaCodec } from './registered-schema.ts';

/** @throws an error that says why the schema cannot be used */
export async function schemaCodec(registered: RegisteredSchema): Promise<SchemaCodec> {
  if (registered.schemaType === 'JSON') return jsonCodec(registered);
  const { avroCodec } = await import('./avro-codec.ts');
  return avroCodec(registered);
}

/** What is read was checked by whoever wrote it; what is written is checked here. */
function jsonCodec({ schema, references }: RegisteredSchema): SchemaCodec {
  let check: ReturnType<typeof compileSchema> | undefined;
  return {
    decode: (data) => parseJson(data.toString('utf8')),
    encode(value) {
      if (references.length > 0) throw new Error('JSON Schemas with references can be read, but not written');
      check ??= compileSchema(JSON.parse(schema) as JsonSchema);
      const [fault] = check(value);
      if (fault) throw new Error(`${fault.path || 'the value'} ${fault.message}`);
      return Buffer.from(JSON.stringify(value));
    },
  };
}
