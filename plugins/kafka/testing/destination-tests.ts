import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import type { Outcome, PushContext, PushRow, Row } from '@millrace/sdk';
import type { TestContextOptions } from '@millrace/sdk/testing';
import type { KafkaConfig } from '../config.ts';
import { messageObject } from '../destination/message-object.ts';
import { unframe } from '../registry/wire-format.ts';
import { schemaCodec } from '../registry/schema-codec.ts';
import type { Broker } from './broker.ts';
import type { GatedRegistry } from './gated-registry.ts';

const rowsOf = (records: Row[], op: PushRow['op'] = 'upsert'): PushRow[] =>
  records.map((record, seq) => ({ op, record, key: String(seq), at: new Date().toISOString(), seq }));

/** Between client and broker. Large requests reach the broker, but `cuts` answers to them never come: the connection breaks instead. */
async function relay(to: number, cuts: number): Promise<{ port: number; left: () => number; stop: () => void }> {
  const open = new Set<Socket>();
  let left = cuts;
  const server = createServer((client) => {
    const broker = connect(to, '127.0.0.1');
    let swallows = false;
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => {
      broker.write(data);
      if (data.length > 3_000 && left > 0) {
        left--;
        swallows = true;
      }
    });
    broker.on('data', (data) => (swallows ? client.destroy() : client.write(data)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): void => {
    server.close();
    open.forEach((socket) => socket.destroy());
  };
  return { port: (server.address() as AddressInfo).port, left: () => left, stop };
}

/** Rows that leave as messages. */
export function destinationTests(at: () => Broker, registry: () => GatedRegistry): void {
  const push = async (rows: PushRow[], config: object = {}, options: TestContextOptions = {}): Promise<Outcome[]> => {
    const ctx: PushContext<KafkaConfig> = {
      ...at().context(config, options),
      ...{ batchId: 'b', mode: 'upsert', from: { connection: 'c', stream: 's' }, run: 'r' },
    };
    try {
      return await messageObject.push(ctx, rows);
    } finally {
      await messageObject.finish?.(ctx);
    }
  };
  const statuses = (outcomes: Outcome[]): string[] => outcomes.map(({ status }) => status);

  it('sends key, value, headers and time; a removal as a tombstone', async () => {
    const topic = await at().topic('out', 3);
    const record = { key: 'ann', value: { city: 'Rio' }, headers: { by: 'millrace', n: 1 } };
    const timestamp = '2026-01-02T03:04:05.000Z';
    const outcomes = await push(
      [
        ...rowsOf([
          { ...record, timestamp },
          { topic, key: 7, value: 'text' },
          { topic, value: [1], partition: 2, timestamp: '2026-01-02 03:04:05' },
        ]),
        ...rowsOf([{ topic, key: 'ann' }], 'delete'),
      ],
      { topic },
    );
    expect(statuses(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok']);
    const found = await at().messages(topic);
    const said = found.map(({ key, value }) => [key, value?.toString()]);
    expect(said).toEqual(
      expect.arrayContaining([
        ['ann', '{"city":"Rio"}'],
        ['7', '"text"'],
        [undefined, '[1]'],
        ['ann', undefined],
      ]),
    );
    const ofAnn = found.filter(({ key }) => key === 'ann');
    expect(new Set(ofAnn.map(({ partition }) => partition)).size).toBe(1);
    expect(String(Reflect.get(ofAnn[0]?.headers ?? {}, 'by'))).toBe('millrace');
    expect(found.find(({ key }) => key === undefined)).toMatchObject({
      partition: 2,
      timestamp: String(Date.UTC(2026, 0, 2, 3, 4, 5)),
    });
  });

  it('rejects each row that can be no message, and sends the others', async () => {
    const topic = await at().topic('misfits', 1, { 'max.message.bytes': '20000' });
    const outcomes = await push([
      ...rowsOf([
        { topic, key: 'a', value: 1 },
        { key: 'no topic', value: 1 },
        { topic, key: 'no value' },
        { topic: 'nowhere', key: 'a', value: 1 },
        { topic, key: 'a', value: 1, partition: 9 },
        { topic, key: 'a', value: 1, timestamp: 'yesterday' },
        { topic, key: 'large', value: 'x'.repeat(30_000) },
        { topic, key: 'huge', value: 'x'.repeat(1_100_000) },
        { topic, key: 'z', value: 2 },
      ]),
      ...rowsOf([{ topic }], 'delete'),
    ]);
    const said = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.code : outcome.status));
    expect(said).toEqual([
      ...['ok', 'invalid_row', 'invalid_row', 'remote_rejected', 'remote_rejected', 'invalid_row'],
      ...['row_too_large', 'row_too_large', 'ok', 'invalid_row'],
    ]);
    expect((await at().messages(topic)).map(({ key }) => key)).toEqual(['a', 'z']);
  });

  it('keeps the order of a key over many batches, compressed', async () => {
    for (const compression of ['gzip', 'snappy']) {
      const topic = await at().topic(`ordered-${compression}`, 2);
      const records = Array.from({ length: 1_200 }, (_, n) => ({ topic, key: `k${n % 5}`, value: { n } }));
      const outcomes = await push(rowsOf(records), { compression });
      expect(outcomes.find(({ status }) => status !== 'ok')).toBeUndefined();
      const found = await at().messages(topic);
      const numbers = found
        .filter(({ key }) => key === 'k3')
        .map(({ value }) => Number(/\d+/.exec(value?.toString() ?? '')?.[0]));
      expect(numbers).toEqual(records.filter(({ key }) => key === 'k3').map(({ value }) => value.n));
    }
  });

  it('repeats nothing that was written before a connection broke', async () => {
    const topic = await at().topic('cut', 1);
    const between = await relay(Number(at().kafka.broker.split(':')[1]), 3);
    const rows = rowsOf(Array.from({ length: 300 }, (_, n) => ({ topic, key: `k${n}`, value: 'x'.repeat(100) })));
    // Everything goes through the relay, whatever the broker calls itself.
    const options: TestContextOptions = { connect: () => connect(between.port, '127.0.0.1') };
    const outcomes: Outcome[] = [];
    for (let from = 0; from < rows.length; from += 60)
      outcomes.push(...(await push(rows.slice(from, from + 60), {}, options)));
    between.stop();
    const found = (await at().messages(topic)).map(({ key }) => key);
    expect(between.left()).toBe(0);
    expect(new Set(statuses(outcomes))).toEqual(new Set(['ok']));
    expect(found).toEqual(rows.map(({ record }) => record.key));
  });

  it('throws when none can have been written', async () => {
    const topic = await at().topic('nobody');
    const rows = rowsOf([{ topic, key: 'a', value: 1 }]);
    await expect(push(rows, { brokers: ['127.0.0.1:1'] })).rejects.toMatchObject({ code: 'unreachable' });
    const { saslBroker, user } = at().kafka;
    const wrong = { brokers: [saslBroker], sasl: 'plain', username: user, password: 'wrong' };
    await expect(push(rows, wrong)).rejects.toMatchObject({ code: 'authentication_failed' });
    expect(await at().messages(topic)).toEqual([]);
  });

  it('writes Avro and JSON Schema, registered on request', async () => {
    const [avroTopic, jsonTopic] = [await at().topic('avro-out'), await at().topic('json-out')];
    const avroSchema = JSON.stringify({
      type: 'record',
      name: 'Out',
      fields: [
        { name: 'id', type: 'long' },
        { name: 'email', type: ['null', 'string'], default: null },
        { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
        { name: 'total', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
      ],
    });
    const jsonSchema = JSON.stringify({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] });
    const schemas = [
      { topic: avroTopic, schema: avroSchema, register: true },
      { topic: jsonTopic, type: 'json-schema', schema: jsonSchema, register: true },
    ];
    const good = {
      id: 9_007_199_254_740_993n.toString(),
      email: 'a@example.com',
      at: '2026-01-02T03:04:05.678Z',
      total: '-12.5',
    };
    const outcomes = await push(
      rowsOf([
        { topic: avroTopic, key: 'a', value: good },
        { topic: avroTopic, key: 'b', value: { ...good, at: 'never' } },
        { topic: jsonTopic, key: 'c', value: { id: 1 } },
        { topic: jsonTopic, key: 'd', value: { id: 'one' } },
      ]),
      { registry: registry().config, schemas },
    );
    expect(statuses(outcomes)).toEqual(['ok', 'rejected', 'ok', 'rejected']);
    expect(outcomes[1]).toMatchObject({ code: 'invalid_row', message: expect.stringMatching(/at is a string/) });
    expect(await registry().subjects()).toEqual(expect.arrayContaining(['avro-out-value', 'json-out-value']));
    const [message] = await at().messages(avroTopic);
    const framed = unframe(message?.value ?? Buffer.alloc(0));
    const codec = await schemaCodec({ schemaType: 'AVRO', schema: avroSchema, references: [] });
    expect(codec.decode(framed?.data ?? Buffer.alloc(0))).toEqual({ ...good, total: '-12.50' });
  });

  it('says that a schema is not registered, or not valid', async () => {
    const topic = await at().topic('unregistered');
    const rows = rowsOf([{ topic, key: 'a', value: { id: 1 } }]);
    const config = (schema: object) => ({ registry: registry().config, schemas: [{ topic, ...schema }] });
    await expect(push(rows, config({}))).rejects.toMatchObject({ code: 'invalid_config' });
    await expect(push(rows, config({ schema: '"string"' }))).rejects.toThrow(/does not have this schema/);
    const broken = config({ schema: '"unparsable"', register: true });
    await expect(push(rows, broken)).rejects.toThrow(
      /refuses the schema for "unregistered-value": .*[^.]\. Correct the schema\.$/,
    );
  });
}
