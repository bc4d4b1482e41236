import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RejectView, RunView } from '../../cli/index.ts';
import { chance } from './testing/chance.ts';
import { expectAtLeastOnce, expectAtMostOnce, expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import type { ReceiverFault } from './testing/faulty-receiver.ts';
import { Installation, type Ended } from './testing/installation.ts';
import { people } from './testing/shop.ts';
import { makeConnections, pageSize, type SyncName } from './testing/syncs.ts';
import { Traffic } from './testing/traffic.ts';

const luck = chance();
const rows = people(10 * pageSize);
const syncs: SyncName[] = ['crm', 'least', 'most'];

describe(`a destination (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(2);
    mill.source.rows = { people: rows };
    calm = await undisturbed(mill, ...syncs);
  }, 900_000);
  afterAll(() => mill?.stop());

  it('that is down for a while', async () => {
    await mill.clean(...syncs);
    const runs = await mill.begin(...syncs);
    await mill.happens('rows arrive', mill.receiver.delivered.next(luck.int(1, 20)));
    await mill.receiver.down();
    await mill.until('its absence is noticed', async () => (await mill.db.collection('circuits').countDocuments()) > 0);
    await mill.receiver.up();
    await expectHonest(await mill.untilEnded(runs));
  }, 900_000);

  it(
    'that answers some requests with 503 and 429',
    () =>
      withFault(() => luck.pick([undefined, undefined, undefined, { status: 503 }, { status: 429, retryAfter: 0 }])),
    900_000,
  );

  describe('whose answers are waited for no longer than a second', () => {
    const wait = (timeoutSeconds?: number) => makeConnections(mill.api, mill.source, mill.receiver, { timeoutSeconds });
    beforeAll(() => wait(1));
    afterAll(() => wait());

    it(
      'and that is slow, and overtakes itself',
      () => withFault(() => ({ answerAfter: mill.receiver.delivered.next() })),
      900_000,
    );

    it(
      'and that is silent after it has taken the rows',
      () => withFault(() => (luck.int(1, 8) === 1 ? { silent: true } : undefined)),
      900_000,
    );
  });

  it('that refuses every third row: they become rejects, and the others arrive', async () => {
    await mill.clean('crm');
    const isThird = (id: unknown): boolean => Number(id) % 3 === 0;
    mill.receiver.script = () => ({ refuse: ({ record }) => isThird(record.id) });
    const [run] = await mill.run('crm');
    const refused = rows.filter((row) => isThird(idOf(row))).length;
    const ledger = { read: rows.length, written: rows.length - refused, rejected: refused };
    expect(run).toMatchObject({ state: 'succeeded', ledger });
    const { crm } = calm.state;
    expect(mill.receiver.state('crm')).toEqual(Object.fromEntries(Object.entries(crm).filter(([id]) => !isThird(id))));
    const rejects: unknown[] = [];
    for await (const { raw } of mill.api.all<RejectView>(`/api/runs/${run?.id}/rejects`))
      rejects.push(JSON.parse(raw ?? ''));
    expect(rejects).toHaveLength(refused);
    expect(rejects.every((raw) => isThird(idOf(raw)))).toBe(true);
  }, 900_000);

  it('that takes what it had put off while the worker dies that sends it again', async () => {
    await mill.clean(...syncs);
    const putOff = new Set<string>();
    const again = new Traffic();
    let killed: Promise<void> | undefined;
    // Without keys, to both destinations at once: nobody hears that it took them.
    mill.receiver.script = ({ to, rows: [first] }) => {
      if (!first || to === 'crm' || killed) return undefined;
      const name = `${to}/${first.key}`;
      if (!putOff.has(name)) return putOff.add(name) && { status: 503 };
      again.pass();
      return { answerAfter: again.reaches(2).then(() => (killed ??= replaceBusy())) };
    };
    await expectHonest(await mill.run(...syncs));
    expect(killed).toBeDefined();
  }, 900_000);

  describe('that is a mirror', () => {
    const few = rows.slice(30); // less than a tenth is gone, yet more than a batch

    it('removes nothing after an empty read, and is whole again with the next good one', async () => {
      const full = await fill();
      mill.source.rows = { people: [] };
      const [id = ''] = await mill.begin('mirror');
      const held = await mill.until('the run is held', async () => {
        const run = await mill.api.get<RunView>(`/api/runs/${id}`);
        return run.state === 'held' && run;
      });
      expect(held.reason).toContain(`Nothing was read, so all ${rows.length} rows`);
      expect(mill.receiver.state('crm')).toEqual(full);
      await mill.api.post(`/api/runs/${id}/cancel`);
      await mill.untilEnded([id]);
      mill.source.rows = { people: rows };
      const [next] = await mill.run('mirror');
      expect(next).toMatchObject({ state: 'succeeded', ledger: { read: rows.length, unchanged: rows.length } });
      expect(mill.receiver.state('crm')).toEqual(full);
    }, 900_000);

    it('removes exactly what is gone, though its worker is killed while it reads and while it removes', async () => {
      const full = await fill();
      mill.source.rows = { people: few };
      const kills: Promise<void>[] = [];
      const kill = (): Promise<void> => {
        const killed = mill.workers.busy().then(([worker]) => worker && mill.workers.replace(worker));
        kills.push(killed);
        return killed;
      };
      const page = luck.int(1, 9);
      mill.source.script = async (asked) => {
        if (asked.page === page && kills.length === 0) await kill();
      };
      mill.receiver.script = ({ rows: sent }) =>
        sent.some(({ op }) => op === 'delete') && kills.length === 1 ? { answerAfter: kill() } : undefined;
      const [ended] = await mill.run('mirror');
      expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: few.length, unchanged: few.length } });
      expect(kills).toHaveLength(2);
      expect(Object.keys(mill.receiver.state('crm'))).toHaveLength(few.length);
      expect(full).toMatchObject(mill.receiver.state('crm'));
    }, 900_000);

    /** As after a first run: what the destination has then. */
    async function fill(): Promise<Record<string, unknown>> {
      await mill.clean('mirror');
      mill.source.rows = { people: rows };
      const [run] = await mill.run('mirror');
      expect(run).toMatchObject({ state: 'succeeded', ledger: { read: rows.length, written: rows.length } });
      expect(Object.keys(mill.receiver.state('crm'))).toHaveLength(rows.length);
      return mill.receiver.state('crm');
    }
  });

  async function withFault(fault: () => ReceiverFault | undefined): Promise<void> {
    await mill.clean(...syncs);
    mill.receiver.script = ({ rows: sent }) => (sent.length > 0 ? fault() : undefined);
    await expectHonest(await mill.run(...syncs));
  }

  async function replaceBusy(): Promise<void> {
    await Promise.all((await mill.workers.busy()).map((worker) => mill.workers.replace(worker)));
  }

  /** With keys it has what it should have; without, what is not sure is told. */
  async function expectHonest(ended: Ended[]): Promise<void> {
    await expectExact(mill, ended, calm);
    expectAtLeastOnce(mill.receiver, rows, ended[1]);
    expectAtMostOnce(mill.receiver, rows, ended[2]);
  }
});

function idOf(row: unknown): unknown {
  return (row as { id: unknown }).id;
}
