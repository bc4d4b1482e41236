import { afterAll, beforeAll, expect, it } from '@jest/globals';
import kafkajs, { type Admin, type Producer } from 'kafkajs';
import { describeWithKafka, makeTopic, startKafka, type Kafka } from '#tools/kafka';
import type { LedgerView } from '../../cli/index.ts';
import { chance } from './testing/chance.ts';
import { Installation } from './testing/installation.ts';

const luck = chance();
const topic = 'shop.events';
const customers = 40;

interface StoredRun {
  sync: string;
  state: string;
  active?: boolean;
  ledger: LedgerView;
}

describeWithKafka(`following Kafka with two workers (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let kafka: Kafka;
  let admin: Admin;
  let producer: Producer;
  let sent = 0;

  beforeAll(async () => {
    [mill, kafka] = await Promise.all([Installation.start(2, { MILLRACE_STREAM_RUN_ROWS: '700' }), startKafka()]);
    const client = new kafkajs.Kafka({
      ...{ brokers: [kafka.broker], logLevel: kafkajs.logLevel.NOTHING },
      retry: { retries: 40, maxRetryTime: 500 },
    });
    [admin, producer] = [client.admin(), client.producer({ idempotent: true, maxInFlightRequests: 1 })];
    await Promise.all([admin.connect(), producer.connect()]);
    await makeTopic(admin, { topic, numPartitions: 4 });
    const config = { brokers: [kafka.broker], tls: 'disable' };
    await mill.api.put('/api/connections/broker', { name: 'broker', connector: 'kafka', config });
  }, 900_000);
  afterAll(async () => {
    await Promise.all([admin?.disconnect(), producer?.disconnect()]);
    await Promise.all([mill?.stop(), kafka?.stop()]);
  });

  /** Numbered events; those of a customer stay in their order. */
  const send = async (count: number): Promise<void> => {
    const messages = Array.from({ length: count }, () => {
      const n = sent++;
      const id = `c${n % customers}`;
      return { key: id, value: JSON.stringify({ n, id, email: `${id}@example.com`, at: new Date().toISOString() }) };
    });
    await producer.send({ topic, messages });
  };
  const events = () => mill.db.collection<{ properties: { n: number } }>('events');
  const arrived = (): Promise<number> => events().countDocuments();
  const eachHasOne = async (): Promise<boolean> => (await mill.workers.busy()).length === 2;
  const runsOf = () => mill.db.collection<StoredRun>('runs').find().toArray();

  it('counts every message once, though workers and the broker are killed', async () => {
    await send(300);
    await mill.api.put('/api/syncs/stream', {
      name: 'stream',
      from: { connection: 'broker', stream: topic },
      to: { connection: 'profiles' },
      consumers: 2,
      outputs: {
        profile: { 'identities.customer_id': 'value.id', 'identities.email': 'value.email', 'traits.last': 'value.n' },
        event: {
          ...{ id: 'value.n', name: { value: 'Seen' }, at: 'value.at' },
          ...{ 'identities.customer_id': 'value.id', 'properties.n': 'value.n' },
        },
      },
    });
    await mill.until('the first events have arrived', async () => (await arrived()) > 0);
    await mill.until('each worker has a consumer', eachHasOne);
    const killWorker = async (): Promise<void> => mill.workers.replace(luck.pick(await mill.busyWorkers()));
    const kills = [
      killWorker,
      async () => {
        await kafka.kill();
        await kafka.start();
      },
      killWorker,
    ];
    for (const kill of kills) {
      await send(200);
      const enough = (await arrived()) + luck.int(1, 100);
      await mill.until('the events get on', async () => (await arrived()) >= Math.min(enough, sent));
      await send(200);
      await kill();
    }
    await send(100);
    await mill.until('every event has arrived', async () => (await arrived()) === sent);
    await mill.until('each worker has a consumer again', eachHasOne);
    const counted = await events().distinct('properties.n');
    expect([await arrived(), counted.length]).toEqual([sent, sent]);

    // What nobody can decode holds nothing up.
    await producer.send({ topic, messages: [{ key: 'c0', value: '{"half":' }] });
    const rejects = mill.db.collection<{ position: string }>('rejects');
    await mill.until('the poison is a reject', async () => (await rejects.countDocuments()) === 1);
    expect((await rejects.findOne())?.position).toMatch(/^shop\.events\/\d\/\d+$/);
    await send(40);
    await mill.until('the events behind it have arrived', async () => (await arrived()) === sent);

    const lag = async () => (await mill.api.get<{ lag?: { records: number } }>('/api/syncs/stream')).lag;
    await mill.until('the sync says that nothing waits', async () => (await lag())?.records === 0);

    await mill.api.patch('/api/syncs/stream', { paused: true });
    await mill.until('the chain has ended', async () => !(await runsOf()).some(({ active }) => active));
    const runs = await runsOf();
    expect(runs.length).toBeGreaterThan(1);
    expect(new Set(runs.map(({ state }) => state))).toEqual(new Set(['succeeded']));
    for (const { ledger } of runs) expect(ledger.read).toBe(sumOfEnds(ledger));
    const rows = runs.reduce((sum, { ledger }) => sum + ledger.read, 0);
    expect(rows).toBe(sent + 1); // nothing that was read twice was counted twice
    await expectPlaces();
  }, 900_000);

  it('sends people as messages, and who has not changed not again', async () => {
    await makeTopic(admin, { topic: 'people', numPartitions: 2 });
    await mill.api.put('/api/syncs/people-out', {
      name: 'people-out',
      from: { connection: 'profiles', stream: 'profile' },
      to: { connection: 'broker', object: 'message' },
      mapping: { topic: { value: 'people' }, key: 'id', 'value.last': 'traits.last' },
    });
    const run = async () => {
      const { id } = await mill.api.post<{ id: string }>('/api/syncs/people-out/runs');
      const [ended] = await mill.untilEnded([id]);
      return ended;
    };
    const sentTo = async (): Promise<number> =>
      (await admin.fetchTopicOffsets('people')).reduce((sum, { high }) => sum + Number(high), 0);
    expect(await run()).toMatchObject({ state: 'succeeded', ledger: { read: customers, written: customers } });
    expect(await sentTo()).toBe(customers);
    expect(await run()).toMatchObject({ state: 'succeeded' });
    expect(await sentTo()).toBe(customers);
  });

  /** MongoDB and the broker agree on where the group stands: at the end. */
  const expectPlaces = async (): Promise<void> => {
    const ends = await admin.fetchTopicOffsets(topic);
    const sync = await mill.db
      .collection<{ slug: string; startsFrom: { lanes: Record<string, { offset: number }> } }>('syncs')
      .findOne({ slug: 'stream' });
    const places = Object.entries(sync?.startsFrom.lanes ?? {}).map(([lane, { offset }]) => [lane, offset]);
    expect(places.toSorted()).toEqual(
      ends.map(({ partition, high }) => [`${topic}/${partition}`, Number(high)]).toSorted(),
    );
    const groupId = `millrace-${String(sync?._id)}`;
    const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const told = group?.partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)]);
    expect(told?.toSorted()).toEqual(places.toSorted());
  };
});

function sumOfEnds({ written, unchanged, superseded, rejected, filtered }: LedgerView): number {
  return written + unchanged + superseded + rejected + filtered;
}
