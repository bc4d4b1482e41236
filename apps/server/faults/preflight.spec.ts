import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chance } from './testing/chance.ts';
import { Installation } from './testing/installation.ts';

interface Preflight {
  id: string;
  state: string;
  progress: { looked: number; total: number };
  counts: Record<string, number>;
}

interface Profile {
  _id: string;
  [field: string]: unknown;
}

const luck = chance();
const people = 15_000;

/** Every fifth lacks a first name. */
function profileOf(n: number): Profile {
  const ids = [`email:${n}@example.com`];
  const at = new Date(1_700_000_000_000 + n);
  const t = { ...(n % 5 !== 0 && { firstName: `Ann ${n}` }), n };
  const part = { k: `con_list/rows/${n}`, a: at.getTime(), s: n, b: 'run_list', h: `${n}`, n: 50, i: ids, t };
  return { _id: `p_01M8${String(n).padStart(22, '0')}`, v: 1, parts: [part], ids, createdAt: at, updatedAt: at };
}

describe(`preflights (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;

  beforeAll(async () => {
    mill = await Installation.start(1);
    const all = Array.from({ length: people }, (_, n) => profileOf(n));
    await mill.db.collection<Profile>('profiles').insertMany(all);
  });
  afterAll(() => mill?.stop());

  it('count everybody once, though the worker is killed', async () => {
    const rows = '<p>{{firstName}}</p>'.repeat(200); // enough for several steps
    await mill.api.put('/api/templates/news', {
      name: 'News',
      subject: 'Hello',
      source: rows,
      purpose: 'transactional',
    });
    const { id } = await mill.api.post<Preflight>('/api/preflights', { template: 'news' });
    const look = () => mill.api.get<Preflight>(`/api/preflights/${id}`);
    const enough = luck.int(1, 2_000);
    const before = await mill.until('people are looked at', async () => {
      const found = await look();
      return found.progress.looked >= enough && found;
    });
    await mill.workers.replace(luck.pick(mill.workers.alive));
    const done = await mill.until('the preflight is done', async () => {
      const found = await look();
      return found.state === 'done' && found;
    });
    expect(before.state).toBe('running');
    expect(done.counts).toMatchObject({ people, composed: people, blanks: people / 5, notSent: 0, sendable: people });
    expect(await mill.db.collection('preflight_examples').countDocuments({ preflight: id, kind: 'blank' })).toBe(50);
  }, 900_000);
});
