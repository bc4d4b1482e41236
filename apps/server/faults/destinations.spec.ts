import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RejectView } from '../../cli/index.ts';
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
    await makeConnections(mill.api, mill.source, mill.receiver, { timeoutSeconds: 1 });
    mill.source.rows = { people: rows };
    calm = await undisturbed(mill, ...syncs);
  }, 120_000);
  afterAll(() => mill?.stop(), 30_000);

  it('that is down for a while', async () => {
    await mill.clean(...syncs);
    const runs = await mill.begin(...syncs);
    await mill.receiver.delivered.next(luck.int(1, 20));
    await mill.receiver.down();
    await mill.until('its absence is noticed', async () => (await mill.db.collection('circuits').countDocuments()) > 0);
    await mill.receiver.up();
    await expectHonest(await mill.untilEnded(runs));
  }, 90_000);

  const faults: Record<string, () => ReceiverFault | undefined> = {
    'answers some requests with 503 and 429': () =>
      luck.pick([undefined, undefined, undefined, { status: 503 }, { status: 429, retryAfter: 0 }]),
    'is slow, and overtakes itself': () => ({ answerAfter: mill.receiver.delivered.next() }),
    'times out after it has taken the rows': () => (luck.int(1, 8) === 1 ? { silent: true } : undefined),
  };

  for (const [name, fault] of Object.entries(faults)) {
    it(`that ${name}`, async () => {
      await mill.clean(...syncs);
      mill.receiver.script = ({ rows: sent }) => (sent.length > 0 ? fault() : undefined);
      await expectHonest(await mill.run(...syncs));
    }, 90_000);
  }

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
    for await (const { raw } of mill.api.all<RejectView>(`/api/runs/${run?.id}/rejects`)) rejects.push(JSON.parse(raw));
    expect(rejects).toHaveLength(refused);
    expect(rejects.every((raw) => isThird(idOf(raw)))).toBe(true);
  }, 90_000);

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
  }, 90_000);

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
