import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { Collections } from '../../collections.ts';
import { Runs, Syncs } from '../../index.ts';
import { Chains } from '../../schedule/chains.ts';
import { brokerConnector, ScriptedBroker } from '../../testing/scripted-broker.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { untilEnded } from '../../testing/until-ended.ts';

const broker = new ScriptedBroker();
let engine: ScriptedApp;
let source: string;
let names = 0;

beforeAll(async () => {
  engine = await scriptedApp({ streamRunSeconds: 3_600 }, [brokerConnector(broker)]);
  source = (await engine.app.get(Connections).create({ name: 'Broker', connector: 'scripted-broker', config: {} })).id;
});
afterAll(() => engine.close());
beforeEach(() => {
  broker.reset();
  Object.assign(engine.script, { rows: rowsFrom(101, 103), received: new Map() });
});

const row = (id: number): Row => ({ id, name: `n${id}` });

/** A sync whose stream is followed, with one row already, and the run that follows it. */
async function followed(): Promise<[sync: string, run: string]> {
  const sync = await engine.sync(`Turned ${++names}`, { from: { connection: source, stream: 'group' } });
  await engine.app.get(Chains).sweep();
  broker.append('orders', row(1));
  while (!engine.script.received.has(1)) await delay(20);
  const [run] = await engine.app.get(Runs).list({ sync, limit: 1 });
  return [sync, run?._id ?? ''];
}

const turn = (sync: string) =>
  engine.app.get(Syncs).change(sync, {
    from: { connection: engine.connections[0], stream: 'rows' },
    read: 'full',
    schedule: { every: '15m' },
  });

it('a followed stream that is given a finite source is followed no more, and runs as it says now', async () => {
  const [sync, run] = await followed();
  await turn(sync);
  await engine.app.get(Chains).sweep();
  expect(await untilEnded(engine.app.get(Runs), run)).toMatchObject({ state: 'succeeded', ledger: { read: 1 } });
  expect(broker.members).toBe(0);
  broker.append('orders', row(2)); // nobody is there
  expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 3 } });
  expect([...engine.script.received.keys()]).toEqual([1, 101, 102, 103]);
});

it('the sync goes on by its schedule, though the run that still followed is cancelled', async () => {
  const [sync, run] = await followed();
  await turn(sync);
  await engine.app.get(Runs).cancel(run);
  await untilEnded(engine.app.get(Runs), run);
  expect(await engine.app.get(Syncs).get(sync)).toMatchObject({ paused: false, nextRunAt: expect.any(Date) });
});

it('no stream is followed to where each run replaces the rows of the one before, though its sync was saved so', async () => {
  const from = { connection: source, stream: 'group' };
  const list = { connection: engine.connections[1], object: 'list' };
  await expect(engine.sync('To a list', { from, to: list })).rejects.toMatchObject({
    code: 'bad_request',
    message: expect.stringMatching(/This stream has no end: let the destination keep runs apart/),
  });
  const sync = await engine.sync('To a list of before', { from, paused: true });
  const before = { 'to.object': 'list', outputs: { list: { id: 'id' } }, paused: false };
  await engine.app.get(Collections).syncs.updateOne({ _id: sync }, { $set: before });
  broker.append('orders', row(1));
  await engine.app.get(Chains).sweep();
  const [run] = await engine.app.get(Runs).list({ sync, limit: 1 });
  expect(await untilEnded(engine.app.get(Runs), run?._id ?? '')).toMatchObject({
    state: 'failed',
    error: { code: 'conflict', message: expect.stringContaining('"list" puts the rows of a run in the place') },
  });
  expect(engine.script.received.size).toBe(0);
  expect(await engine.app.get(Syncs).get(sync)).toMatchObject({ state: 'failed' });
});
