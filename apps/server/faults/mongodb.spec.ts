import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';
import { allSyncs, pageSize } from './testing/syncs.ts';

const luck = chance();
const kills = 3;
const pages = 16;

describe(`MongoDB (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2);
    mill.source.rows = { people: people(pages * pageSize), orders: orders(pages * pageSize) };
    calm = await undisturbed(mill, ...allSyncs);
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  it(`is killed and restarted ${kills} times in the middle of runs, and nothing is lost`, async () => {
    await mill.clean(...allSyncs);
    let killed = 0;
    // No run ends before the last kill: its last pages wait for that.
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    mill.source.script = ({ page }) => (page > pages - 3 ? released : undefined);
    const runs = await mill.begin(...allSyncs);
    for (; killed < kills; killed++) {
      await mill.source.asked.next(luck.int(1, 15));
      await mill.mongodb.kill();
      await mill.mongodb.start();
    }
    release();
    const ended = await mill.untilEnded(runs);
    await expectExact(mill, ended, calm);
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('least')]);
    expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('most')]);
    expect(killed).toBe(kills);
  }, 180_000);
});
