import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RejectView } from '../../cli/index.ts';
import { chance } from './testing/chance.ts';
import { expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import type { SourceFault } from './testing/faulty-source.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';
import { pageSize, type SyncName } from './testing/syncs.ts';

const luck = chance();
const rows = 10 * pageSize;
const syncs: SyncName[] = ['people', 'orders', 'crm'];

/** Characters that are kept of an original. */
const mostKept = 100_000;

const noRows: unknown[] = [null, 'a text', 17, ['a', 'list'], {}];

const nobody: unknown[] = [
  { id: { $gt: '' }, email: 'nobody' },
  { id: 100_001, email: 'not an address', updatedAt: '2026-01-01' },
  { id: 100_002, email: '\u0000', firstName: '\ud800', updatedAt: '2026-01-01' },
  { id: 100_003, email: 'x@shop.example', firstName: 'x'.repeat(300_000), updatedAt: '2026-01-01' },
];

describe(`a source (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let calm: Calm;

  beforeAll(async () => {
    mill = await Installation.start(1, { MILLRACE_STALL_TIMEOUT: '20' }); // for which a busy machine may well give no time
  });
  beforeAll(async () => {
    fillShop();
    calm = await undisturbed(mill, ...syncs);
  });
  afterAll(() => mill?.stop());

  const faults: Record<string, SourceFault[]> = {
    'stalls, is given up and read again': ['stall'],
    'answers 429 with Retry-After, and then 429 without': [{ status: 429, retryAfter: 1 }, { status: 429 }],
    'answers 500 and 503': [{ status: 500 }, { status: 503 }],
    'closes the connection half-way through a page, twice': ['cut', 'cut'],
  };

  for (const [name, list] of Object.entries(faults)) {
    it(`that ${name}, at random pages`, async () => {
      await mill.clean(...syncs);
      const at = new Set([luck.int(1, 10), luck.int(1, 10)]);
      mill.source.script = ({ page, before }) => (at.has(page) ? list[before] : undefined);
      await expectExact(mill, await mill.run(...syncs), calm);
      expect(mill.source.faults).toBeGreaterThanOrEqual(list.length * 2); // two streams, at least
    }, 900_000);
  }

  it('that fails in all these ways by chance', async () => {
    await mill.clean(...syncs);
    const ways: (SourceFault | undefined)[] = ['cut', { status: 503 }, { status: 429, retryAfter: 0 }];
    mill.source.script = ({ before }) => (before < 3 ? luck.pick([...ways, undefined, undefined]) : undefined);
    await expectExact(mill, await mill.run(...syncs), calm);
  }, 900_000);

  it('that sends a page that is not JSON: the runs fail and say so, and the next ones make it good', async () => {
    await mill.clean(...syncs);
    const broken = luck.int(2, 10);
    mill.source.script = ({ page }) => (page === broken ? 'garbage' : undefined);
    for (const run of await mill.run(...syncs)) {
      expect(run).toMatchObject({ state: 'failed', error: { code: 'invalid_response' } });
      expect(run.reason).toContain('was expected to answer with JSON');
    }
    mill.source.script = () => undefined;
    for (const { state } of await mill.run(...syncs)) expect(state).toBe('succeeded');
    expect(await mill.endState()).toEqual(calm.state);
  }, 900_000);

  it.each([
    ['people', [...noRows, ...nobody]],
    ['crm', noRows],
  ] as const)(
    'with poison for %s: it becomes rejects with their originals, and the others arrive',
    async (to, poison) => {
      const expected = await undisturbed(mill, to);
      await mill.clean(to);
      for (const row of poison) mill.source.rows.people?.splice(luck.int(0, rows), 0, row);
      const [run] = await mill.run(to);
      fillShop();
      const rejects: string[] = [];
      for await (const { raw } of mill.api.all<RejectView>(`/api/runs/${run?.id}/rejects`)) rejects.push(raw ?? '');
      expect(rejects.sort()).toEqual(poison.map((row) => JSON.stringify(row).slice(0, mostKept)).sort());
      const [count, rejected] = [rows + poison.length, poison.length];
      expect(run).toMatchObject({ state: 'succeeded', ledger: { read: count, written: rows, rejected } });
      expect(await mill.endState()).toEqual(expected.state);
    },
  );

  function fillShop(): void {
    mill.source.rows = { people: people(rows), orders: orders(rows) };
  }
});
