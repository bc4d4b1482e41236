import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Connections } from '#connections';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';

const script: Script = emptyScript();
let engine: TestEngine;
let connections: Connections;
beforeAll(async () => {
  engine = await testEngine(script);
  connections = engine.app.get(Connections);
});
beforeEach(() => {
  reset(script);
  script.rows = people(1, 30);
});
afterAll(() => engine.stop());

const incremental = { read: 'incremental' };
const last = { cursor: 30 };
const storedOf = (_id: string) => engine.collections.syncs.findOne({ _id });
/** As it is where somebody died before the syncs were told. */
const leadsTo = (place: number) =>
  engine.app
    .get<Connection>(getConnectionToken())
    .collection<{ _id: string }>('connections')
    .updateOne({ _id: engine.destination }, { $set: { place } });

it('a destination that leads to another place gets everything', async () => {
  const sync = await engine.make('Another shop', incremental);
  await engine.run(sync);
  script.received.clear(); // another place
  await connections.update(engine.destination, { moved: true });
  expect(await storedOf(sync)).not.toHaveProperty('startsFrom');
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 30, written: 30 });
  expect(script.received.size).toBe(30);
  expect((await engine.run(sync)).ledger.written).toBe(0);
});

it('a source that leads to another place is read from the start', async () => {
  const sync = await engine.make('Another database', incremental);
  await engine.run(sync);
  expect(await storedOf(sync)).toMatchObject({ startsFrom: last });
  script.rows = people(1, 12); // all before where the former one ended
  await connections.update(engine.source, { moved: true });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 12, unchanged: 12 });
});

it('the same place under another address goes on', async () => {
  const sync = await engine.make('Renamed', incremental);
  await engine.run(sync);
  await connections.update(engine.destination, { moved: false });
  await connections.update(engine.source, { name: 'Renamed' });
  expect(await storedOf(sync)).toMatchObject({ startsFrom: last, revision: 1 });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 1, written: 0 });
});

it('the next run starts over, though whoever was told died before the syncs were', async () => {
  const sync = await engine.make('Died', incremental);
  await engine.run(sync);
  script.received.clear();
  await leadsTo(40);
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 30, written: 30 });
});

it('a change of the sync does not hide that', async () => {
  const sync = await engine.make('Changed meanwhile', incremental);
  await engine.run(sync);
  script.received.clear();
  await leadsTo(50);
  await engine.syncs.change(sync, { filter: { field: 'id', is: 'exists' } });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 30, written: 30 });
});

it('where the next run starts can be set after a move', async () => {
  const sync = await engine.make('Set', incremental);
  await engine.run(sync);
  await connections.update(engine.source, { moved: true });
  await engine.syncs.startFrom(sync, { cursor: 21 });
  expect((await engine.run(sync)).ledger).toMatchObject({ read: 10 });
});
