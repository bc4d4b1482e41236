import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { emptyScript, testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { KnownRow } from './known-row.schema.ts';
import { KnownRows } from './known-rows.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine(emptyScript());
});
afterAll(() => engine.stop());

it('remembers rows that another worker remembered first, with what was acknowledged last', async () => {
  const known = engine.app.get(KnownRows);
  const row = (id: number, hash: string): KnownRow => ({
    ...{ _id: `row_${id}`, sync: 'sync', object: 'thing', key: String(id), name: { id }, seen: 'run' },
    hash,
  });
  await known.remember([row(1, 'old')]);
  await known.remember([row(1, 'new'), row(2, 'new')], () => true); // neither was known when it was looked up
  expect(await known.hashesOf(['row_1', 'row_2', 'row_3'])).toEqual(
    new Map([
      ['row_1', 'new'],
      ['row_2', 'new'],
    ]),
  );
});
