import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import type { ServerProcess } from './testing/server-processes.ts';
import { orders, people } from './testing/shop.ts';
import { allSyncs, pageSize, type SyncName } from './testing/syncs.ts';
import { Traffic } from './testing/traffic.ts';

const luck = chance();
const stalls = 3;
const pages = 10;

describe(`a worker that stalls past its lease (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2);
    mill.source.rows = { people: people(pages * pageSize), orders: orders(pages * pageSize) };
    calm = await undisturbed(mill, ...allSyncs);
  }, 900_000);
  afterAll(() => mill?.stop());

  for (let stall = 1; stall <= stalls; stall++) {
    it(`writes nothing afterwards, at a random moment (${stall})`, async () => {
      await mill.clean(...allSyncs);
      const awake = new Traffic();
      mill.source.script = ({ page }) => (page === pages ? awake.reaches(1) : undefined);
      const runs = await mill.begin(...allSyncs);
      await mill.happens('pages are asked for', mill.source.asked.next(luck.int(1, 2 * pages)));
      await whileStalled(await aBusyWorker(), () => undefined);
      awake.pass();
      const ended = await mill.untilEnded(runs);
      await expectExact(mill, ended, calm);
      expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], runOf('least', ended));
      expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], runOf('most', ended));
    });
  }

  it('leaves alone what its successor has on the way, when it stalled right after it had claimed a slice', async () => {
    await mill.clean('least', 'people');
    const asks = new Traffic();
    const waits = new Traffic();
    mill.receiver.script = async ({ rows }) => {
      if (rows.length > 0) return { answerAfter: waits.reaches(2) };
      // The journal is asked for its objects when the run is planned, and then at the start of each turn: the first of these has to wait.
      if (asks.count > 0 || (await mill.workers.holding()).length === 0) return {};
      asks.pass();
      return { answerAfter: waits.reaches(1) };
    };
    const least = await mill.begin('least');
    await mill.happens('a turn begins', asks.reaches(1));
    const first = await aBusyWorker();
    const [second] = mill.workers.alive.filter((worker) => worker !== first);
    first.stall();
    await mill.until('the other one has rows on the way', async () => mill.receiver.taken('least').length > 0);
    const answered = mill.receiver.answered.next();
    waits.pass();
    await mill.happens('it is answered', answered); // so that it finds the answer when it wakes up
    first.goOn();
    // The first one is awake once it works for others.
    await whileStalled(second, async () => {
      await mill.run('people');
      waits.pass();
    });
    const [ended] = await mill.untilEnded(least);
    expect(ended).toMatchObject({ state: 'succeeded', ledger: runOf('least', calm.runs)?.ledger });
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], ended);
  }, 900_000);

  it('whose event loop is blocked while it sends', async () => {
    await mill.clean('least', 'most');
    let frozen = 0;
    mill.receiver.script = ({ rows }) => (rows.length > 0 && frozen++ < 2 ? { freeze: 4_000 } : undefined);
    const [least, most] = await mill.run('least', 'most');
    expect(least).toMatchObject({ state: 'succeeded', ledger: runOf('least', calm.runs)?.ledger });
    expect(most).toMatchObject({ state: 'succeeded', ledger: runOf('most', calm.runs)?.ledger });
    expectAtLeastOnce(mill.receiver, mill.source.rows.people ?? [], least);
    expectAtMostOnce(mill.receiver, mill.source.rows.people ?? [], most);
  }, 900_000);

  async function aBusyWorker(): Promise<ServerProcess> {
    return luck.pick(await mill.busyWorkers());
  }

  /** Lets it go on when all that it held has been taken over. */
  async function whileStalled(worker: ServerProcess | undefined, meanwhile: () => unknown): Promise<void> {
    worker?.stall();
    await meanwhile();
    await mill.until(
      'others have taken over',
      async () => !(await mill.workers.holding()).some((one) => one === worker),
    );
    worker?.goOn();
  }
});

function runOf<T>(sync: SyncName, runs: T[]): T | undefined {
  return runs[allSyncs.indexOf(sync)];
}
