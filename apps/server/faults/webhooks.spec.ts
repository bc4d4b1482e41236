import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { CountingSender } from './testing/counting-sender.ts';
import { Installation } from './testing/installation.ts';

const luck = chance();
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe(`webhooks (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let sender: CountingSender;
  let restart: () => Promise<void>;

  beforeAll(async () => {
    mill = await Installation.start(1);
    const port = await freePort();
    const config = { signingSecrets: [secret] };
    await mill.api.post('/api/connections', { connector: 'standard-webhooks', slug: 'counted', config });
    const from = { connection: 'counted', stream: 'events' };
    await mill.api.post('/api/syncs', { name: 'Counted', from, to: { connection: 'profiles' } });
    sender = new CountingSender(`http://127.0.0.1:${port}/hooks/counted`, secret);
    let collector = await mill.startCollector(port);
    restart = async () => {
      await collector.kill();
      collector = await mill.startCollector(port);
    };
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  it('lose no acknowledged delivery and count none twice, though collector and worker are killed', async () => {
    let over = false;
    const sending = Array.from({ length: 8 }, async () => {
      while (!over) await sender.deliver();
    });
    for (const kill of [restart, () => Promise.all([restart(), mill.workers.replace(luck.pick(mill.workers.alive))])]) {
      const enough = sender.acknowledged.size + luck.int(20, 400);
      await mill.until('the sender gets on', async () => sender.acknowledged.size >= enough);
      await kill();
    }
    over = true;
    await Promise.all(sending);

    const events = mill.db.collection<{ properties: { n: number } }>('events');
    const sent = sender.acknowledged.size; // all: what was not acknowledged was sent again
    await mill.until('every delivery has arrived', async () => (await events.countDocuments()) >= sent);
    const counted = await events.distinct('properties.n');
    expect([await events.countDocuments(), counted.length]).toEqual([sent, sent]);
    expect(await mill.db.collection('webhook_deliveries').countDocuments()).toBe(sent);
    expect(await mill.db.collection('rejects').countDocuments()).toBe(0);
    expect(sender.repeats).toBeGreaterThan(0);
  }, 240_000);
});
