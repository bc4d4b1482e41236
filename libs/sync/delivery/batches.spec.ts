import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyScript, testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { Batch } from './batch.schema.ts';
import { Batches } from './batches.ts';

describe('Batches', () => {
  let engine: TestEngine;
  let batches: Batches;

  beforeAll(async () => {
    engine = await testEngine(emptyScript());
    batches = engine.app.get(Batches);
  });
  afterAll(() => engine.stop());
  beforeEach(() => batches.removeOfRun('run'));

  const batch = (_id: string, epoch: number): Batch => ({
    ...{ _id, epoch, run: 'run', slice: 'slice', content: '[]' },
    ...{ repeated: 0, rounds: 0, createdAt: new Date() },
  });
  const ids = (found: Batch[]): string[] => found.map(({ _id }) => _id);

  it('gives a successor those that are open, and removes what was never committed', async () => {
    await batches.add([batch('open', 1), batch('stray', 1)]);
    expect(ids(await batches.ofSlice('slice', ['open'], 2))).toEqual(['open']);
    expect(ids(await batches.ofSlice('slice', ['open', 'stray'], 3))).toEqual(['open']);
  });

  it('keeps them from a worker that stalled and does not know that it has a successor', async () => {
    await batches.add([batch('open', 1), batch('new', 2)]);
    await batches.ofSlice('slice', ['open'], 2);
    expect(await batches.ofSlice('slice', ['open'], 1)).toEqual([]);
    await expect(batches.note(batch('open', 1), { sending: 0 })).rejects.toMatchObject({ code: 'lease_lost' });
    expect(ids(await batches.ofSlice('slice', ['open', 'new'], 3))).toEqual(['open', 'new']);
  });
});
