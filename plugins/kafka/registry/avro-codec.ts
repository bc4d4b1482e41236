import avro, { type Schema, type Type } from 'avsc';
import { logicalTypes } from './avro-logical-types.ts';
import { longType } from './avro-long.ts';
import { plainValue } from './plain-value.ts';
import type { RegisteredSchema, SchemaCodec } from './registered-schema.ts';

/** Avro's binary encoding, https://avro.apache.org/docs/current/specification/. Values are JSON data; what is read of a union is its value alone. */
export function avroCodec({ schema, references }: RegisteredSchema): SchemaCodec {
  const named: Record<string, Type> = { long: longType };
  const parsed = (text: string): Type =>
    avro.Type.forSchema(JSON.parse(text) as Schema, { registry: named, logicalTypes, wrapUnions: 'auto' });
  for (const reference of references) parsed(reference.schema);
  const type = parsed(schema);
  return {
    decode: (data) => plainValue(type.fromBuffer(data)),
    encode(value) {
      type.isValid(value, { errorHook: misfit });
      return type.toBuffer(value);
    },
  };
}

function misfit(path: string[], value: unknown, type: Type): never {
  const where = path.length > 0 ? path.join('.') : 'the value';
  throw new Error(
    `${where} is ${value === undefined ? 'missing' : `a ${kindOf(value)}`}, and should be ${nameOf(type)}`,
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function nameOf(type: Type): string {
  return type.branchName ?? type.typeName;
}
