import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import type { Replay } from '../runs/run.schema.ts';
import type { Reject } from './reject.schema.ts';
import { Rejects } from './rejects.ts';

const count = 6_000;
const at = new Date('2026-01-01T00:00:00Z');

/** The first run has refused most of them. Their hashes say nothing of their order. */
function rejectOf(place: number): Reject {
  const [run, seq] = place < 5_000 ? ['run_1', place] : ['run_2', place - 5_000];
  const what = { sync: 'syn_1', slice: `${run}.0`, code: 'invalid_row', message: 'Odd.', raw: '{}' } as const;
  return { _id: `h${(place * 7_919) % count}`, run, seq, ...what, replayable: true, identities: [], at };
}

describe('what is replayed', () => {
  let engine: ScriptedApp;
  let model: Model<Reject>;

  beforeAll(async () => {
    engine = await scriptedApp();
    model = engine.app.get<Model<Reject>>(getModelToken('Reject'));
    await model.init();
    await model.collection.insertMany(Array.from({ length: count }, (_, place) => rejectOf(place)) as never);
  });
  afterAll(() => engine.close());

  it.each<[string, Replay]>([
    ['of a sync', {}],
    ['of a run', { run: 'run_1' }],
    ['with a code', { code: 'invalid_row' }],
  ])('%s costs a page, wherever that begins', async (_, replay) => {
    const { db } = model.db;
    await db?.command({ profile: 2 });
    const run = { _id: 'run_3', sync: 'syn_1', until: new Date(), plan: { replay } };
    const after = { run: 'run_1', seq: 4_000, _id: rejectOf(4_000)._id };
    const found = await engine.app.get(Rejects).toReplay(run, { after, limit: 100 });
    await db?.command({ profile: 0 });
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_one, i) => 4_001 + i));
    const asked = await db?.collection('system.profile').findOne({ ns: /rejects$/, op: 'query' }, { sort: { ts: -1 } });
    expect(asked?.docsExamined).toBeLessThan(110);
  });
});
