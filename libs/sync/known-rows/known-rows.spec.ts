import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ok, unchanged } from '@millrace/sdk';
import { Connections } from '#connections';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { KnownRow } from './known-row.schema.ts';
import { KnownRows } from './known-rows.ts';

const script: Script = emptyScript();
let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine(script);
});
beforeEach(() => reset(script));
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

it('what was remembered before a sync became a mirror is removed with the rest', async () => {
  script.rows = people(1, 5);
  const sync = await engine.make('Becomes a mirror');
  await engine.run(sync);
  await engine.syncs.change(sync, { mode: 'mirror', read: 'full' });
  script.rows = people(2, 4);
  const ended = await engine.run(sync);
  expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 3, unchanged: 3 }, effects: { deleted: 2 } });
  expect([...script.received.keys()]).toEqual([2, 3, 4]);
});

it('a row that comes twice in a first run is sent twice at most, and known once', async () => {
  script.rows = [...people(1, 12), ...people(3, 4)];
  const sync = await engine.make('Twice');
  const { ledger } = await engine.run(sync);
  expect([ledger.read, ledger.written + ledger.unchanged]).toEqual([14, 14]);
  expect([...script.received.keys()]).toHaveLength(12);
  expect(await engine.app.get(KnownRows).count(sync, 'thing')).toBe(12);
  const { ledger: again } = await engine.run(sync);
  expect(again.written).toBe(0);
});

it('what a run sends to the former destination is not taken for what the new one has', async () => {
  script.rows = people(1, 30);
  const sync = await engine.make('Moves');
  const { id } = await engine.app.get(Connections).create({ name: 'New', connector: 'scripted-destination' });
  script.onPage = async (page) => {
    if (page !== 1) return;
    script.onPage = undefined;
    await engine.syncs.change(sync, { to: { connection: id, object: 'thing' } });
  };
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 30, written: 30 });
  script.received.clear();
  expect((await engine.run(sync)).plan.to.connection).toBe(id);
  expect(script.received.size).toBe(30);
});

it('a new destination gets everything, though whoever gave it to the sync died at once', async () => {
  script.rows = people(1, 30);
  const sync = await engine.make('Moved');
  const { id } = await engine.app.get(Connections).create({ name: 'Newer', connector: 'scripted-destination' });
  await engine.run(sync);
  const known = engine.app.get(KnownRows);
  const keys = people(1, 30).map(({ id }) => String(id));
  const rows = await known.byKeys(sync, 'thing', keys);
  await engine.syncs.change(sync, { to: { connection: id, object: 'thing' } });

  await known.remember(rows); // as if they had not been forgotten
  script.received.clear();
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 30, written: 30 });
  expect((await engine.run(sync)).ledger.written).toBe(0);
});

it('a mirror does not remove what the source names by a text now, and by a number before', async () => {
  const there = new Map<string, unknown>();
  script.answer = ({ op, record }) => {
    if (op === 'delete') return there.delete(String(record.id)) ? ok({ deleted: 1 }) : unchanged();
    there.set(String(record.id), record.id);
    return ok();
  };
  const people5 = people(1, 5);
  script.rows = people5;
  const sync = await engine.make('Retyped', { mode: 'mirror', read: 'full' });
  await engine.run(sync);
  script.rows = people5.slice(1).map((row) => ({ ...row, id: String(row.id) as never }));
  const { ledger, effects } = await engine.run(sync);
  expect(ledger).toMatchObject({ read: 4, written: 4 });
  expect(effects).toMatchObject({ deleted: 1 });
  expect([...there.values()]).toEqual(['2', '3', '4', '5']);
  expect(await engine.app.get(KnownRows).count(sync, 'thing')).toBe(4);
});

it('what was written is deleted once the sync is to delete, and written again once it is to write', async () => {
  script.rows = people(1, 12);
  const sync = await engine.make('Turns');
  await engine.run(sync);
  await engine.syncs.change(sync, { mode: 'delete' });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 12, written: 12 });
  expect(script.received.size).toBe(0);
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 1, unchanged: 1 });
  await engine.syncs.change(sync, { mode: 'upsert' });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 12, written: 12 });
  expect(script.received.size).toBe(12);
});
