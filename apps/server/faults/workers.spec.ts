import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';
import { allSyncs, pageSize } from './testing/syncs.ts';
import { Traffic } from './testing/traffic.ts';

const luck = chance();
const kills = 20;
const rows = (kills + 4) * pageSize;

describe(`workers (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(1);
    mill.source.rows = { people: people(rows), orders: orders(rows) };
    calm = await undisturbed(mill, ...allSyncs);
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  it('share the work of several runs', async () => {
    await mill.clean(...allSyncs);
    await mill.workers.be(0);
    for (const places of [3, 3]) await mill.workers.start({ places }); // not enough for one of them alone
    // The first pages wait until both have a part of the work.
    let both: Promise<unknown> | undefined;
    mill.source.script = async () => {
      both ??= mill.until('both workers work', async () => (await mill.workers.busy()).length === 2);
      await both;
    };
    await expectExact(mill, await mill.run(...allSyncs), calm);
  }, 120_000);

  it(`lose nothing when they are killed ${kills} times within each run`, async () => {
    await mill.clean(...allSyncs);
    await mill.workers.be(0);
    await mill.workers.start();
    await mill.workers.start({ name: 'named' }); // takes up what it left behind; the other one's work waits for the lease to end
    const killed = new Traffic();
    // One page more a kill: no run can end before the last one.
    mill.source.script = ({ page }) => killed.reaches(Math.min(kills, page - 2));
    const runs = await mill.begin(...allSyncs);
    while (killed.count < kills) {
      const more = luck.int(1, 4);
      await Promise.race([mill.source.asked.next(more), mill.receiver.delivered.next(more)]);
      await delay(luck.int(0, 150)); // not only when something arrives: while it is worked on, too
      const busy = await mill.until('a worker works', async () => orNone(await mill.workers.busy()));
      await mill.workers.replace(luck.pick(busy));
      killed.pass();
    }
    const ended = await mill.untilEnded(runs);
    await expectExact(mill, ended, calm);
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('least')]);
    expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('most')]);
  }, 240_000);
});

function orNone<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
