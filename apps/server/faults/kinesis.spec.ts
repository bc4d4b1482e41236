import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKinesis, type Kinesis } from '#tools/kinesis';
import type { LedgerView } from '../../cli/index.ts';
import { chance } from './testing/chance.ts';
import { Installation } from './testing/installation.ts';

const luck = chance();
const people = 30;
const kills = 3;

interface StoredRun {
  state: string;
  active?: boolean;
  ledger: LedgerView;
}

describe(`Kinesis (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let kinesis: Kinesis;
  /** Records that were put, the latest of each person last. */
  let put = 0;

  beforeAll(async () => {
    kinesis = await startKinesis();
    await kinesis.createStream('visits', 2);
    mill = await Installation.start(2, { MILLRACE_STREAM_RUN_ROWS: '200' });
    const config = { ...kinesis.config, streams: ['visits'], pollMilliseconds: 200 };
    await mill.api.put('/api/connections/aws', { name: 'AWS', connector: 'kinesis', config });
  }, 900_000);
  afterAll(async () => {
    await mill?.stop();
    await kinesis?.stop();
  });

  /** Each says its number, and who visited; all of a person have the same partition key. */
  async function visits(count: number): Promise<void> {
    const records = Array.from({ length: count }, (_, i) => {
      const n = put + i;
      return { key: `person-${n % people}`, data: JSON.stringify({ n, person: n % people }) };
    });
    await kinesis.put('visits', ...records);
    put += count;
  }

  async function follow(slug: string, object: string, mapping: object): Promise<void> {
    await mill.api.put(`/api/syncs/${slug}`, {
      name: slug,
      from: { connection: 'aws', stream: 'visits' },
      to: { connection: 'profiles', object },
      read: 'stream',
      consumers: 2,
      mapping,
    });
  }

  it('brings each record once to the people, though shards are split and merged and workers are killed', async () => {
    await visits(300);
    await kinesis.put('visits', { key: 'poison', data: '{"n":' });
    await follow('visits', 'event', {
      id: 'id',
      name: { value: 'visited' },
      at: 'arrivedAt',
      'identities.customer_id': 'data.person',
      'properties.n': 'data.n',
    });
    await follow('latest', 'profile', { 'identities.customer_id': 'data.person', 'traits.latest': 'data.n' });
    const events = mill.db.collection<{ properties: { n: number } }>('events');
    const arrived = (count: number): Promise<unknown> =>
      mill.until(`${count} events have arrived`, async () => (await events.countDocuments()) >= count);
    await arrived(100);

    let throttled = 0;
    kinesis.script = ({ operation }) => {
      if (operation !== 'GetRecords' || throttled >= 20 || luck.int(0, 3) > 0) return undefined;
      throttled++;
      return { status: 400, name: 'ProvisionedThroughputExceededException' };
    };
    await kinesis.split('visits', 'shardId-000000000000');
    for (let killed = 0; killed < kills; killed++) {
      await visits(100);
      await mill.workers.replace(luck.pick(mill.workers.alive));
      await visits(luck.int(20, 100));
      if (killed === 1) await kinesis.merge('visits', 'shardId-000000000002', 'shardId-000000000003');
    }
    await visits(60);
    await arrived(put);
    const isThrough = async (): Promise<boolean> => {
      const profiles = await mill.db.collection<{ parts: { t: { latest?: number } }[] }>('profiles').find().toArray();
      const latest = profiles.flatMap(({ parts }) => parts.map(({ t }) => t.latest ?? -1));
      return latest.filter((n) => n >= put - people).length >= people;
    };
    await mill.until('the people say their latest visit', isThrough);
    for (const slug of ['visits', 'latest']) await mill.api.patch(`/api/syncs/${slug}`, { paused: true });
    const runs = mill.db.collection<StoredRun>('runs');
    await mill.until('both chains rest', async () => (await runs.countDocuments({ active: true })) === 0);

    expect(await events.countDocuments()).toBe(put);
    expect((await events.distinct('properties.n')).length).toBe(put);
    for (const { state, ledger } of await runs.find().toArray()) {
      const { read, written, unchanged, superseded, rejected, filtered } = ledger;
      expect(state).toBe('succeeded');
      expect(written + unchanged + superseded + rejected + filtered).toBe(read);
    }
    const rejects = await mill.db.collection<{ position: string; code: string }>('rejects').find().toArray();
    expect(rejects.map(({ code }) => code)).toEqual(['malformed_row', 'malformed_row']); // one of each sync
    expect(rejects[0]?.position).toMatch(/^shardId-\d{12}\/\d+$/);
    expect(throttled).toBeGreaterThan(0);
    const syncs = await mill.db.collection<{ slug: string; startsFrom: { lanes: object } }>('syncs').find().toArray();
    for (const { startsFrom } of syncs) {
      expect(startsFrom.lanes).toMatchObject({
        'shardId-000000000000': { ended: true },
        'shardId-000000000002': { ended: true },
        'shardId-000000000003': { ended: true },
        'shardId-000000000004': { sequenceNumber: expect.any(String) as unknown },
      });
    }
  }, 900_000);
});
