import { expect, it } from '@jest/globals';
import avro from 'avsc';
import { frame } from '../registry/wire-format.ts';
import type { Broker } from './broker.ts';
import type { GatedRegistry } from './gated-registry.ts';
import { Follower } from './follow.ts';

const addressSchema = { type: 'record', name: 'shop.Address', fields: [{ name: 'city', type: 'string' }] };
const customerSchema = {
  type: 'record',
  name: 'shop.Customer',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'email', type: ['null', 'string'], default: null },
    { name: 'since', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'spent', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } },
    { name: 'born', type: ['null', { type: 'int', logicalType: 'date' }] },
    { name: 'address', type: 'shop.Address' },
    { name: 'photo', type: 'bytes' },
  ],
};

/** JSON, Avro and JSON Schema, whole and broken. */
export function formatTests(at: () => Broker, registry: () => GatedRegistry): void {
  const config = (more: object = {}): object => ({ registry: registry().config, ...more });

  it('reads Avro and JSON Schema by the registry’s schemas, each fetched once', async () => {
    const topic = await at().topic('schemas');
    await registry().add('address', addressSchema);
    const references = [{ name: 'shop.Address', subject: 'address', version: 1 }];
    const schema = await registry().add('schemas-value', customerSchema, { references });
    const jsonSchema = { type: 'object', properties: { id: { type: 'integer' } } };
    const json = await registry().add('schemas-json', jsonSchema, { schemaType: 'JSON' });
    const writer = avro.Type.forSchema({
      ...customerSchema,
      fields: customerSchema.fields.map((field) =>
        field.name === 'address' ? { ...field, type: addressSchema } : field,
      ),
    } as never);
    const customer = {
      ...{ id: 1_234_567, email: 'ann@example.com', since: Date.parse('2026-01-02T03:04:05.678Z') },
      ...{
        spent: Buffer.from([0xfe, 0x0c]),
        born: 3_652,
        address: { city: 'Rio' },
        photo: Buffer.from('png'),
      },
    };
    const avroBytes = frame({ schema, data: writer.toBuffer(customer) });
    const jsonBytes = frame({ schema: json, data: Buffer.from('{"id":2}') });
    await at().send(
      topic,
      { key: 'a', value: avroBytes },
      { key: 'b', value: avroBytes },
      { key: 'c', value: jsonBytes },
    );
    const before = registry().asked.length;
    const follower = new Follower(at(), topic, { config: config() });
    await follower.has(3);
    await follower.stop();
    expect(follower.values).toEqual([
      {
        ...{ id: 1_234_567, email: 'ann@example.com', since: '2026-01-02T03:04:05.678Z', spent: '-5.00' },
        ...{ born: '1980-01-01', address: { city: 'Rio' }, photo: Buffer.from('png').toString('base64') },
      },
      expect.anything(),
      { id: 2 },
    ]);
    expect(registry().asked.slice(before)).toEqual([
      `GET /schemas/ids/${schema}`,
      'GET /subjects/address/versions/1',
      `GET /schemas/ids/${json}`,
    ]);
  });

  it('makes rejects of what cannot be decoded, with place and original, and goes on', async () => {
    const topic = await at().topic('poison');
    const schema = await registry().add('poison-value', {
      type: 'record',
      name: 'P',
      fields: [{ name: 'n', type: 'int' }],
    });
    const protobuf = await registry().add('poison-proto', 'syntax = "proto3";', { schemaType: 'PROTOBUF' });
    const framed = (id: number, ...bytes: number[]): Buffer => frame({ schema: id, data: Buffer.from(bytes) });
    await at().send(
      topic,
      { key: 'k0', value: '{"half":' },
      { key: 'k1', value: Buffer.from([0xff, 0xfe, 0xfd]) },
      { key: 'k2', value: framed(999, 1) },
      { key: 'k3', value: framed(schema, 0x80) },
      { key: 'k4', value: framed(schema, 4, 4, 4) },
      { key: 'k5', value: framed(protobuf, 1) },
      { key: Buffer.from([0xff]), value: '{}' },
      { key: 'good', value: framed(schema, 14) },
    );
    const follower = new Follower(at(), topic, { config: config() });
    await follower.has(1);
    await follower.stop();
    expect(follower.records).toMatchObject([{ key: 'good', value: { n: 7 }, offset: 7 }]);
    const rejects = follower.pages.flatMap((page) => page.rejects ?? []);
    expect(rejects.map(({ position, code }) => [position, code])).toEqual([
      ['poison/0/0', 'malformed_row'],
      ['poison/0/1', 'invalid_encoding'],
      ['poison/0/2', 'malformed_row'],
      ['poison/0/3', 'malformed_row'],
      ['poison/0/4', 'malformed_row'],
      ['poison/0/5', 'malformed_row'],
      ['poison/0/6', 'invalid_encoding'],
    ]);
    expect(rejects[0]).toMatchObject({
      raw: { key: 'k0', value: '{"half":' },
      message: expect.stringMatching(/not JSON/),
    });
    expect(rejects[2]?.message).toMatch(/the registry has no schema 999/);
    expect(rejects[4]?.message).toMatch(/does not fit its schema/);
    expect(rejects[5]?.message).toMatch(/PROTOBUF/);
    expect(rejects[6]?.raw).toMatchObject({ key: { base64: '/w==' } });
  });

  it('waits for a registry that is out of order, and says when it refuses the password', async () => {
    const topic = await at().topic('registry-down');
    const schema = await registry().add('down-value', {
      type: 'record',
      name: 'D',
      fields: [{ name: 'n', type: 'int' }],
    });
    await at().send(topic, { key: 'k', value: frame({ schema, data: Buffer.from([2]) }) });
    registry().failure = 503;
    const failing = new Follower(at(), topic, { config: config() });
    await expect(failing.has(1)).rejects.toMatchObject({ code: 'remote_error', retryable: true });
    registry().failure = undefined;
    const wrong = config({ registry: { ...registry().config, password: 'wrong' } });
    await expect(new Follower(at(), topic, { config: wrong }).has(1)).rejects.toMatchObject({
      code: 'authentication_failed',
    });
    const follower = new Follower(at(), topic, { config: config() });
    await follower.has(1);
    await follower.stop();
    expect(follower.pages.flatMap(({ rejects = [] }) => rejects)).toEqual([]);
  });

  it('says that a registry is missing', async () => {
    const topic = await at().topic('no-registry');
    await at().send(
      topic,
      { key: 'k', value: frame({ schema: 3, data: Buffer.from([2]) }) },
      { key: 'l', value: '{}' },
    );
    const follower = new Follower(at(), topic);
    await follower.has(1);
    await follower.stop();
    expect(follower.pages[0]?.rejects).toMatchObject([{ message: expect.stringMatching(/has no registry/) }]);
  });

  it('gives texts where they are no JSON', async () => {
    const topic = await at().topic('texts');
    await at().send(topic, { key: '{"a":1}', value: 'plain' });
    const follower = new Follower(at(), topic, { config: { values: 'text', keys: 'json' } });
    await follower.has(1);
    await follower.stop();
    expect(follower.records).toMatchObject([{ id: '{"a":1}', key: { a: 1 }, value: 'plain' }]);
  });

  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('reads what Java has compressed with %s', async (compression) => {
    const topic = await at().topic(`compressed-${compression}`, 1, { 'compression.type': compression });
    const values = Array.from({ length: 3_000 }, (_, n) => ({ n, text: `the same text again and again ${n % 10}` }));
    await at().send(topic, ...values.map((value) => ({ value })));
    const follower = new Follower(at(), topic);
    await follower.has(values.length);
    await follower.stop();
    expect(follower.values).toEqual(values);
  });

  it('gives nothing of a transaction that was aborted', async () => {
    const topic = await at().topic('transactions');
    const producer = at().client.producer({ transactionalId: 'spec', idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (const [n, ends] of [
      [1, 'abort'],
      [2, 'commit'],
      [3, 'abort'],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value: JSON.stringify({ n }) }] });
      await transaction[ends]();
    }
    await producer.disconnect();
    await at().send(topic, { value: { n: 4 } });
    const follower = new Follower(at(), topic);
    await follower.has(2);
    await follower.stop();
    expect(follower.values).toEqual([{ n: 2 }, { n: 4 }]);
  });
}
