import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { testConnector } from '@millrace/sdk/testing';
import { describeWithKafka } from '#tools/kafka';
import connector from './index.ts';
import { Broker } from './testing/broker.ts';
import { connectionTests } from './testing/connection-tests.ts';
import { destinationTests } from './testing/destination-tests.ts';
import { GatedRegistry } from './testing/gated-registry.ts';
import { formatTests } from './testing/format-tests.ts';
import { groupTests } from './testing/group-tests.ts';
import { madeAnewTests } from './testing/made-anew-tests.ts';
import { lagTests } from './testing/lag-tests.ts';
import { sourceTests } from './testing/source-tests.ts';

describeWithKafka('Kafka', () => {
  let broker: Broker;
  let registry: GatedRegistry;
  beforeAll(async () => {
    registry = await GatedRegistry.start();
    broker = await Broker.start();
    await broker.topic('contract', 3);
    const messages = Array.from({ length: 2_500 }, (_, n) => ({ key: `k${n}`, value: { n, name: `Customer ${n}` } }));
    await broker.send('contract', ...messages);
    await broker.topic('contract-out', 2);
  }, 900_000);
  afterAll(async () => {
    await registry?.stop();
    await broker?.stop();
  });

  const withPassword = (password: string): object =>
    broker.config({
      ...{ brokers: [broker.kafka.saslBroker], sasl: 'scram-sha-256' },
      ...{ username: broker.kafka.user, password },
    });

  testConnector(
    connector,
    {
      config: () => withPassword(broker.kafka.password),
      badConfig: () => withPassword('not-the-password'),
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
    },
    { describe, it },
  );

  describe('a connection', () =>
    connectionTests(
      () => broker,
      () => registry,
    ));
  describe('following a topic', () => sourceTests(() => broker));
  describe('a topic that may be another one', () => madeAnewTests(() => broker));
  describe('the lag of a topic', () => lagTests(() => broker));
  describe('formats', () =>
    formatTests(
      () => broker,
      () => registry,
    ));
  describe('sending', () =>
    destinationTests(
      () => broker,
      () => registry,
    ));
  describe('a consumer group', () => groupTests(() => broker));
});
