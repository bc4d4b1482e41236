import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { gate } from '#tools/testing';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { ReplicaSet } from './testing/replica-set.ts';
import { orders, people } from './testing/shop.ts';
import { allSyncs, pageSize } from './testing/syncs.ts';

const luck = chance();
const pages = 12;

describe(`a replica set of three (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let set: ReplicaSet;
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2, {}, async (folder) => (set = await ReplicaSet.start(folder)));
    mill.source.rows = { people: people(pages * pageSize), orders: orders(pages * pageSize) };
    calm = await undisturbed(mill, ...allSyncs);
  }, 900_000);
  afterAll(() => mill?.stop());

  const faults: Record<string, { begin: () => Promise<void>; end?: () => Promise<void> }> = {
    'steps down': { begin: () => set.stepDown() },
    'is killed, and comes back when all is done': { begin: () => set.kill(), end: () => set.start() },
    // Whoever has asked it waits until the driver gives it up, after some twenty seconds; nobody ends its connections.
    'stands still until all is done': { begin: () => set.stall(), end: () => set.goOn() },
  };

  for (const [name, { begin, end }] of Object.entries(faults)) {
    it(`whose primary ${name} loses nothing`, async () => {
      await mill.clean(...allSyncs);
      // No run ends before it has happened: its last pages wait for that.
      const { opened: released, open: release } = gate();
      mill.source.script = ({ page }) => (page > pages - 3 ? released : undefined);
      const runs = await mill.begin(...allSyncs);
      await mill.happens('pages are asked for', mill.source.asked.next(luck.int(1, 15)));
      await begin();
      release();
      const ended = await mill.untilEnded(runs);
      await end?.();
      await expectExact(mill, ended, calm);
      expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('least')]);
      expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], ended[allSyncs.indexOf('most')]);
    }, 900_000);
  }
});
