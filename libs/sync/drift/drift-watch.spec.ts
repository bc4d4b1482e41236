import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createConnection, type Connection } from 'mongoose';
import type { Row } from '@millrace/sdk';
import { newId } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { driftOf } from './drift-of.ts';
import { DriftWatch } from './drift-watch.ts';
import type { FieldDrift } from './field-drift.ts';
import { fieldSchema, type KnownField } from './field.schema.ts';
import { KnownFields } from './known-fields.ts';

const nobody = (): string[] => [];

describe('watching for drift', () => {
  const services = testServices();
  let mongo: Connection;
  let fields: KnownFields;

  beforeAll(async () => {
    mongo = await createConnection(services.mongodbUri).asPromise();
    fields = new KnownFields(mongo.model<KnownField>('Field', fieldSchema));
  });

  afterAll(async () => {
    await mongo.close();
    await dropTestDatabase(services);
  });

  /** Reads slices side by side, each in turns of one page; gives what the run found. */
  const run = async (sync: string, slices: Row[][][], policy: 'learn' | 'add'): Promise<FieldDrift[]> => {
    const id = newId('run');
    const note = async (): Promise<void> => undefined;
    await Promise.all(
      slices.map(async (pages) => {
        for (const records of pages) {
          const watch = await DriftWatch.start({ fields, sync, run: id, policy, readBy: nobody, note });
          await watch.look({ records });
          await watch.end();
        }
      }),
    );
    return driftOf(await fields.changedBy(sync, id), nobody);
  };

  it('finds the same drift however a run is cut into slices, turns and pages, and never the same again', async () => {
    const row = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom(null, 1, 'x', true, { e: 1 }, { e: 'y' }),
    );
    const rows = fc.array(row, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.integer({ min: 1, max: 3 }), async (known, changed, size) => {
        const pagesOf = (some: Row[]): Row[][] =>
          Array.from({ length: Math.ceil(some.length / size) }, (_, i) => some.slice(i * size, (i + 1) * size));
        const [whole, cut] = [newId('syn'), newId('syn')];
        for (const sync of [whole, cut]) await run(sync, [[known]], 'learn');
        const drift = await run(whole, [[changed]], 'add');
        const middle = changed.length >> 1;
        const slices = [pagesOf(changed.slice(middle)), pagesOf(changed.slice(0, middle))];
        expect(await run(cut, slices, 'add')).toEqual(drift);
        expect(await run(cut, slices.toReversed(), 'add')).toEqual([]);
        expect(await run(whole, [[[...known, ...changed]]], 'add')).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('makes nothing known that waits for approval, and looks no further', async () => {
    const sync = newId('syn');
    await run(sync, [[[{ id: 1, age: null }]]], 'learn');
    const options = { fields, sync, run: newId('run'), policy: 'pause' as const, note: async () => undefined };
    const readBy = (field: string): string[] => (field === 'id' ? ['the key'] : []);
    const watch = await DriftWatch.start({ ...options, readBy });
    expect(await watch.look({ records: [{ id: 2, age: 7 }] })).toEqual([]);
    const records = [{ id: 3 }, { id: 'x', vip: true }];
    expect(await watch.look({ records, positions: ['l1', 'l2'] })).toEqual([
      {
        field: 'id',
        change: 'type',
        types: ['number', 'string'],
        before: ['number'],
        example: 'l2',
        readBy: ['the key'],
        waits: true,
      },
      { field: 'vip', change: 'new', types: ['boolean'], example: 'l2', waits: true },
    ]);
    const known = await fields.list(sync, { limit: 10 });
    expect(known.map(({ path, types }) => [path, types])).toEqual([
      ['age', ['number']],
      ['id', ['number']],
    ]);
  });
});
