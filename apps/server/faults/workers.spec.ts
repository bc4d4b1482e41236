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
    mill = await Installation.start(2, { MILLRACE_CONCURRENCY: '3' }); // not enough for one of them alone
    mill.source.rows = { people: people(rows), orders: orders(rows) };
    calm = await undisturbed(mill, ...allSyncs);
  }, 900_000);
  afterAll(() => mill?.stop());

  it('share the work of several runs', async () => {
    await mill.clean(...allSyncs);
    // The first pages wait until both have a part of the work.
    let both: Promise<unknown> | undefined;
    mill.source.script = async () => {
      both ??= mill.until('both workers work', async () => (await mill.workers.busy()).length === 2);
      await both;
    };
    await expectExact(mill, await mill.run(...allSyncs), calm);
  }, 900_000);

  it(`lose nothing when they are killed ${kills} times within each run`, async () => {
    await mill.clean(...allSyncs);
    // One of the two takes up at its start what it left behind; what the other one leaves waits for the lease to end.
    await mill.workers.replace(luck.pick(mill.workers.alive), 'named');
    const killed = new Traffic();
    // One page more a kill: no run can end before the last one.
    mill.source.script = ({ page }) => killed.reaches(Math.min(kills, page - 2));
    const runs = await mill.begin(...allSyncs);
    while (killed.count < kills) {
      // Most slices have got the page by then that the last kill gave them, and none is far behind: a page that ten workers die of is given up.
      const enough = pageSize * (allSyncs.length * killed.count + luck.int(0, allSyncs.length));
      const leastEach = pageSize * (killed.count - 4);
      await mill.until('the slices get on', async () => {
        const read = await mill.rowsRead();
        return read.reduce((sum, rows) => sum + rows, 0) >= enough && read.every((rows) => rows >= leastEach);
      });
      await delay(luck.int(0, 150)); // not only when a page is through: while one is worked on, too
      await mill.workers.replace(luck.pick(await mill.busyWorkers()));
      killed.pass();
    }
    const ended = await mill.untilEnded(runs);
    await expectExact(mill, ended, calm);
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('least')]);
    expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('most')]);
  }, 900_000);
});
