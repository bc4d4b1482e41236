import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testConnector } from '@millrace/sdk/testing';
import connector from './index.ts';
import { Broker } from './testing/broker.ts';
import { Follower } from './testing/follow.ts';

jest.setTimeout(60_000); // a real broker, on machines that may be busy

let broker: Broker;
beforeAll(async () => {
  broker = await Broker.start();
  await broker.topic('contract', 3);
  const messages = Array.from({ length: 2_500 }, (_, n) => ({ key: `k${n}`, value: { n, name: `Customer ${n}` } }));
  await broker.send('contract', ...messages);
  await broker.topic('contract-out', 2);
}, 300_000);
afterAll(() => broker?.stop());

testConnector(
  connector,
  {
    config: () =>
      broker.config({
        brokers: [broker.kafka.saslBroker],
        sasl: 'scram-sha-256',
        username: broker.kafka.user,
        password: broker.kafka.password,
      }),
    badConfig: () =>
      broker.config({
        brokers: [broker.kafka.saslBroker],
        sasl: 'scram-sha-256',
        username: broker.kafka.user,
        password: 'not-the-password',
      }),
    invalidConfigs: [
      { brokers: [] },
      { brokers: ['no-port'] },
      { brokers: ['a:1'], tls: 'maybe' },
      { brokers: ['a:1'], registry: {} },
    ],
    streams: { contract: { records: 2_500 }, 'contract-out': { empty: true } },
    objects: {
      message: {
        rows: [
          { topic: 'contract-out', key: 'a', value: { n: 1 } },
          { topic: 'contract-out', key: 'b', value: { n: 2 }, headers: { from: 'kit' } },
        ],
        deletes: true,
      },
    },
    abortWithin: 4_000,
  },
  { describe, it },
);

describe('following a topic', () => {
  it('gives key, value, headers, timestamp and place', async () => {
    const topic = await broker.topic('shape');
    const timestamp = String(Date.parse('2026-01-02T03:04:05Z'));
    await broker.send(topic, { key: '7', value: { a: 1 }, headers: { source: 'crm' }, timestamp });
    await broker.send(topic, { value: 'null' }, { key: '', value: '5' });
    const follower = new Follower(broker, topic);
    await follower.has(3);
    await follower.stop();
    const at = '2026-01-02T03:04:05.000Z';
    expect(follower.records[0]).toEqual({
      ...{ id: '7', key: '7', value: { a: 1 }, headers: { source: 'crm' }, timestamp: at },
      ...{ topic, partition: 0, offset: 0 },
    });
    expect(follower.records.slice(1)).toMatchObject([
      { id: '0/1', key: null, value: null },
      { id: '0/2', value: 5 },
    ]);
    expect(follower.pages[0]).toMatchObject({ lane: 'shape/0', positions: ['shape/0/0', 'shape/0/1', 'shape/0/2'] });
    expect(follower.pages[0]?.times?.records[0]).toBe(at);
  });
});
