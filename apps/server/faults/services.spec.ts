import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { gate } from '#tools/testing';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';
import { allSyncs, makeConnections, pageSize } from './testing/syncs.ts';

type RedisCommand = [command: string, ...args: string[]];

const luck = chance();
const mongodbKills = 3;
const pages = 12;

describe(`the services (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2);
    mill.source.rows = { people: people(pages * pageSize), orders: orders(pages * pageSize) };
    await makeConnections(mill.api, mill.source, mill.receiver, { rate: '5000/s' });
    calm = await undisturbed(mill, ...allSyncs);
  }, 900_000);
  afterAll(() => mill?.stop());

  const flushAll = (): Promise<void> => tellRedis(['FLUSHALL']);
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
    it(`Redis ${name} in the middle of runs, and nothing is lost`, async () => {
      await mill.clean(...allSyncs);
      // At a random page, which waits until it has happened.
      const at = luck.int(2, pages);
      let happened: Promise<void> | undefined;
      mill.source.script = async ({ page }) => {
        if (page === at) await (happened ??= happens());
      };
      await expectExact(mill, await mill.run(...allSyncs), calm);
      expect(happened).toBeDefined();
    }, 900_000);
  }

  const refusals: Record<string, { begin: RedisCommand; end: RedisCommand }> = {
    'has no memory left': { begin: ['CONFIG', 'SET', 'maxmemory', '1'], end: ['CONFIG', 'SET', 'maxmemory', '0'] },
    'has become a replica': { begin: ['REPLICAOF', '127.0.0.1', '1'], end: ['REPLICAOF', 'NO', 'ONE'] },
    'lets writes wait': { begin: ['CLIENT', 'PAUSE', '900000', 'WRITE'], end: ['CLIENT', 'UNPAUSE'] },
  };

  for (const [name, { begin, end }] of Object.entries(refusals)) {
    it(`Redis ${name}, and all is done without it`, async () => {
      await makeConnections(mill.api, mill.source, mill.receiver); // with a rate it would rightly wait for Redis
      await mill.clean(...allSyncs);
      await tellRedis(begin);
      await untilReady(false);
      await expectExact(mill, await mill.run(...allSyncs), calm);
      await tellRedis(end);
      await untilReady(true);
    }, 900_000);
  }

  it('Redis forgets runs that nobody has begun yet, and they are done all the same', async () => {
    await mill.workers.be(0);
    await mill.clean(...allSyncs);
    const runs = await mill.begin(...allSyncs);
    await flushAll();
    await mill.workers.be(2);
    await expectExact(mill, await mill.untilEnded(runs), calm);
  }, 900_000);

  it('Redis is gone from before a worker dies until all is done', async () => {
    await makeConnections(mill.api, mill.source, mill.receiver); // with a rate it would rightly wait for Redis
    await mill.clean(...allSyncs);
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
    await expectExact(mill, await mill.run(...allSyncs), calm);
    expect(dead).toBeDefined();
    await mill.redis.start();
  }, 900_000);

  it(`MongoDB is killed and restarted ${mongodbKills} times in the middle of runs, and nothing is lost`, async () => {
    await mill.clean(...allSyncs);
    let killed = 0;
    // No run ends before the last kill: its last pages wait for that.
    const { opened: released, open: release } = gate();
    mill.source.script = ({ page }) => (page > pages - 3 ? released : undefined);
    const runs = await mill.begin(...allSyncs);
    for (; killed < mongodbKills; killed++) {
      await mill.happens('pages are asked for', mill.source.asked.next(luck.int(1, 15)));
      await mill.mongodb.kill();
      await mill.mongodb.start();
    }
    release();
    const ended = await mill.untilEnded(runs);
    await expectExact(mill, ended, calm);
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('least')]);
    expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('most')]);
    expect(killed).toBe(mongodbKills);
  }, 900_000);

  it('MongoDB refuses writes for a while, says so, and nothing is lost', async () => {
    await mill.clean(...allSyncs);
    const block = (global: boolean) => mill.db.admin().command({ setUserWriteBlockMode: 1, global });
    const at = luck.int(2, pages);
    const { opened: begun, open: release } = gate();
    let blocked: Promise<unknown> | undefined;
    mill.source.script = async ({ page }) => {
      if (page === at) await (blocked ??= begun.then(() => block(true)));
    };
    const runs = await mill.begin(...allSyncs);
    release();
    await untilReady(false);
    const change = mill.api.put('/api/connections/late', {
      name: 'Late',
      connector: 'webhook',
      config: { url: mill.receiver.url },
    });
    await expect(change).rejects.toMatchObject({ code: 'service_unavailable' });
    await block(false);
    await untilReady(true);
    await expectExact(mill, await mill.untilEnded(runs), calm);
    expect(blocked).toBeDefined();
  }, 900_000);

  const untilReady = (ok: boolean): Promise<unknown> =>
    mill.until(`/readyz says ${ok}`, async () => (await fetch(`${mill.url}/readyz`)).ok === ok);

  async function tellRedis([command, ...args]: RedisCommand): Promise<void> {
    const redis = new Redis(mill.redis.uri);
    await redis.call(command, ...args);
    await redis.quit();
  }
});
