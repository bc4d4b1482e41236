import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../cli/index.ts';
import { chance } from './testing/chance.ts';
import { Installation } from './testing/installation.ts';
import { people } from './testing/shop.ts';

const luck = chance();
const all = people(400);
const few = all.slice(30); // less than a tenth is gone, yet more than a batch

describe(`a mirror (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let full: object;

  beforeAll(async () => {
    mill = await Installation.start(2);
  }, 60_000);
  beforeAll(async () => {
    await fill();
    full = mill.receiver.state('crm');
    expect(Object.keys(full)).toHaveLength(all.length);
  }, 60_000);
  afterAll(() => mill?.stop(), 30_000);

  it('removes nothing after an empty read, and is whole again with the next good one', async () => {
    await fill();
    mill.source.rows = { people: [] };
    const [id = ''] = await mill.begin('mirror');
    const held = await mill.until('the run is held', async () => {
      const run = await mill.api.get<RunView>(`/api/runs/${id}`);
      return run.state === 'held' && run;
    });
    expect(held.reason).toContain(`Nothing was read, so all ${all.length} rows`);
    expect(mill.receiver.state('crm')).toEqual(full);
    await mill.api.post(`/api/runs/${id}/cancel`);
    await mill.untilEnded([id]);
    mill.source.rows = { people: all };
    const [next] = await mill.run('mirror');
    expect(next).toMatchObject({ state: 'succeeded', ledger: { read: all.length, unchanged: all.length } });
    expect(mill.receiver.state('crm')).toEqual(full);
  }, 90_000);

  it('removes exactly what is gone, though its worker is killed while it reads and while it removes', async () => {
    await fill();
    mill.source.rows = { people: few };
    const kills: Promise<void>[] = [];
    const kill = async (): Promise<void> => {
      const [worker] = await mill.workers.busy();
      if (worker) await mill.workers.replace(worker);
    };
    const page = luck.int(1, 9);
    mill.source.script = async (asked) => {
      if (asked.page === page && kills.length === 0) await kills[kills.push(kill()) - 1];
    };
    mill.receiver.script = ({ rows }) =>
      rows.some(({ op }) => op === 'delete') && kills.length === 1
        ? { answerAfter: kills[kills.push(kill()) - 1] }
        : undefined;
    const [ended] = await mill.run('mirror');
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: few.length, unchanged: few.length } });
    expect(kills).toHaveLength(2);
    expect(Object.keys(mill.receiver.state('crm'))).toHaveLength(few.length);
    expect(full).toMatchObject(mill.receiver.state('crm'));
  }, 90_000);

  /** As after a first run. */
  async function fill(): Promise<void> {
    await mill.clean('mirror');
    mill.source.rows = { people: all };
    const [run] = await mill.run('mirror');
    expect(run).toMatchObject({ state: 'succeeded', ledger: { read: all.length, written: all.length } });
  }
});
