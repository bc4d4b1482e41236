import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { CountingClient } from './testing/counting-client.ts';
import { Installation } from './testing/installation.ts';

const luck = chance();

describe(`collecting (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let client: CountingClient;
  let restart: () => Promise<void>;

  beforeAll(async () => {
    mill = await Installation.start(1);
    const port = await freePort();
    const { writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Counted' });
    client = new CountingClient(`http://127.0.0.1:${port}`, writeKey);
    let collector = await mill.startCollector(port);
    restart = async () => {
      await collector.kill();
      collector = await mill.startCollector(port);
    };
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  it('loses no acknowledged event and counts none twice, though collector and worker are killed', async () => {
    await client.send(5);
    let over = false;
    const sending = Array.from({ length: 4 }, async () => {
      while (!over) await client.send(1);
    });
    for (const kill of [restart, () => Promise.all([restart(), mill.workers.replace(luck.pick(mill.workers.alive))])]) {
      const enough = client.acknowledged.size + luck.int(20, 400);
      await mill.until('the client gets on', async () => client.acknowledged.size >= enough);
      await kill();
    }
    over = true;
    await Promise.all(sending);

    const events = mill.db.collection<{ properties: { n: number } }>('events');
    const sent = client.acknowledged.size; // all: what was not acknowledged was sent again
    await mill.until('every event has arrived', async () => (await events.countDocuments()) >= sent);
    const counted = await events.distinct('properties.n');
    expect([await events.countDocuments(), counted.length]).toEqual([sent, sent]);
    expect(await mill.db.collection('inbox').countDocuments()).toBe(sent);
    expect(await mill.db.collection('rejects').countDocuments()).toBe(0);
    expect(client.repeats).toBeGreaterThan(0);
  }, 240_000);
});
