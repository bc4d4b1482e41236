import { describe, expect, it } from '@jest/globals';
import avro, { type Schema } from 'avsc';
import { avroCodec } from './avro-codec.ts';

const created = { type: 'record', name: 'Created', fields: [{ name: 'id', type: 'string' }] };
const deleted = { type: 'record', name: 'Deleted', fields: [{ name: 'key', type: 'string' }] };
const kind = { type: 'enum', name: 'Kind', symbols: ['A'] };
const texts = { type: 'map', values: 'string' };

const field = (type: unknown): Schema => ({ type: 'record', name: 'E', fields: [{ name: 'v', type }] }) as Schema;
const codecOf = (schema: Schema) => avroCodec({ schema: JSON.stringify(schema), schemaType: 'AVRO', references: [] });

/** As another program encodes it, which says the branch of each union. */
function decoded(schema: Schema, value: unknown): unknown {
  return codecOf(schema).decode(avro.Type.forSchema(schema, { wrapUnions: 'always' }).toBuffer(value));
}

describe('a union is read without its branch', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['two records, one topic', [created, deleted], { Deleted: { key: 'a' } }, { key: 'a' }],
    ['two records or nothing', field(['null', created, deleted]), { v: { Created: { id: 'b' } } }, { v: { id: 'b' } }],
    ['neither of two records', field(['null', created, deleted]), { v: null }, { v: null }],
    ['a text and an enum', field(['string', kind]), { v: { Kind: 'A' } }, { v: 'A' }],
    ['a map and a record', field([texts, created]), { v: { map: { unwrap: 'x' } } }, { v: { unwrap: 'x' } }],
    ['a list of either', { type: 'array', items: [texts, created] }, [{ Created: { id: 'c' } }], [{ id: 'c' }]],
    ['one record or nothing', field(['null', created]), { v: { Created: { id: 'd' } } }, { v: { id: 'd' } }],
    ['two kinds of number', field(['null', 'int', 'double']), { v: { double: 1.5 } }, { v: 1.5 }],
  ])('%s', (_, schema, value, plain) => {
    expect(decoded(schema as Schema, value)).toEqual(plain);
  });
});

it('a union of two records is written with the name of the branch around the value', () => {
  const schema = field(['null', created, deleted]);
  const codec = codecOf(schema);
  expect(codec.decode(codec.encode({ v: { Deleted: { key: 'a' } } }))).toEqual({ v: { key: 'a' } });
  expect(() => codec.encode({ v: { key: 'a' } })).toThrow(/^v is /);
});
