import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { chance } from './testing/chance.ts';
import { expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';
import { makeConnections, pageSize, type SyncName } from './testing/syncs.ts';

const luck = chance();
const pages = 12;
const syncs: SyncName[] = ['people', 'orders', 'crm'];

describe(`Redis (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2);
    mill.source.rows = { people: people(pages * pageSize), orders: orders(pages * pageSize) };
    await makeConnections(mill.api, mill.source, mill.receiver, { rate: '5000/s' });
    calm = await undisturbed(mill, ...syncs);
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  const faults: Record<string, () => Promise<void>> = {
    'is killed and restarted with its data': async () => {
      await mill.redis.kill();
      await mill.redis.start();
    },
    'is killed and restarted without its data': async () => {
      await mill.redis.kill();
      await mill.redis.removeData();
      await mill.redis.start();
    },
    'loses everything to FLUSHALL': flushAll,
  };

  for (const [name, happens] of Object.entries(faults)) {
    it(`${name} in the middle of runs, and nothing is lost`, async () => {
      await mill.clean(...syncs);
      // At a random page, which waits until it has happened.
      const at = luck.int(2, pages);
      let happened: Promise<void> | undefined;
      mill.source.script = async ({ page }) => {
        if (page === at) await (happened ??= happens());
      };
      await expectExact(mill, await mill.run(...syncs), calm);
      expect(happened).toBeDefined();
    }, 120_000);
  }

  it('forgets runs that nobody has begun yet, and they are done all the same', async () => {
    await mill.workers.be(0);
    await mill.clean(...syncs);
    const runs = await mill.begin(...syncs);
    await flushAll();
    await mill.workers.be(2);
    await expectExact(mill, await mill.untilEnded(runs), calm);
  }, 120_000);

  it('is gone from before a worker dies until all is done', async () => {
    await makeConnections(mill.api, mill.source, mill.receiver); // with a rate it would rightly wait for Redis
    await mill.clean(...syncs);
    let dead: Promise<void> | undefined;
    const at = luck.int(2, pages);
    mill.source.script = async ({ page }) => {
      if (page === at) await (dead ??= bothDie());
    };
    const bothDie = async (): Promise<void> => {
      await mill.redis.kill();
      const [busy] = await mill.workers.busy();
      await busy?.kill();
    };
    await expectExact(mill, await mill.run(...syncs), calm);
    expect(dead).toBeDefined();
    await mill.redis.start();
  }, 120_000);

  async function flushAll(): Promise<void> {
    const redis = new Redis(mill.redis.uri);
    await redis.flushall();
    await redis.quit();
  }
});
