import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MillraceError, retry, type Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { Collections } from '../../collections.ts';
import { Runs, Syncs } from '../../index.ts';
import type { Run } from '../../runs/run.schema.ts';
import { Chains } from '../../schedule/chains.ts';
import { Reconciler } from '../../schedule/reconciler.ts';
import { brokerConnector, ScriptedBroker } from '../../testing/scripted-broker.ts';
import { scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';

const broker = new ScriptedBroker();
const gone = new MillraceError('unreachable', 'The broker is gone. Look for another.');
let engine: ScriptedApp;
let source: string;

beforeAll(async () => {
  engine = await scriptedApp({ streamRunSeconds: 3_600, subscriptions: 16 }, [brokerConnector(broker)]);
});
afterAll(() => engine.close());
beforeEach(async () => {
  broker.reset();
  engine.script.received = new Map();
  engine.script.onFinish = undefined;
  // Its own: one that has failed may rest.
  source = (await engine.app.get(Connections).create({ name: 'Broker', connector: 'scripted-broker', config: {} })).id;
});

const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `n${from + i}` }));
const tick = async (): Promise<void> => {
  await engine.app.get(Reconciler).sweep();
  await engine.app.get(Chains).sweep();
};
const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await what())) {
    await tick();
    await delay(20);
  }
};
const setPaused = (sync: string, paused: boolean) => engine.app.get(Syncs).change(sync, { paused });
const received = (count: number) => until(() => engine.script.received.size === count);
const runsOf = async (sync: string): Promise<Run[]> =>
  (await engine.app.get(Runs).list({ sync, limit: 100 })).reverse();
const hasEnded = async (sync: string): Promise<boolean> => !(await runsOf(sync)).some(({ active }) => active);
const isWaiting = async (sync: string): Promise<boolean> => (await engine.app.get(Syncs).get(sync)).state === 'waiting';
const storedOf = (_id: string) => engine.app.get(Collections).syncs.findOne({ _id });

it.each(['group', 'shards'])(
  'an endless stream (%s) that is paused while its broker is away ends well',
  async (stream) => {
    const sync = await engine.sync(`Away, ${stream}`, { from: { connection: source, stream } });
    broker.append('orders', ...rows(1, 5));
    await received(5);
    broker.away = gone;
    broker.fail(gone);
    await until(() => isWaiting(sync));
    await setPaused(sync, true);
    await until(() => hasEnded(sync));
    expect(await runsOf(sync)).toMatchObject([{ state: 'succeeded', ledger: { read: 5, written: 5 } }]);
    expect(await storedOf(sync)).toMatchObject({ startsFrom: { lanes: { orders: 5 } } });
    broker.away = undefined;
    broker.mend();
    broker.append('orders', ...rows(6, 7));
    await setPaused(sync, false);
    await received(7);
    await setPaused(sync, true);
    await until(() => hasEnded(sync));
    expect((await runsOf(sync)).map(({ ledger }) => ledger.read)).toEqual([5, 2]);
  },
);

it('a run of an endless stream that is closed before it could begin ends at once, and says nothing of what has arrived', async () => {
  const sync = await engine.sync('Never there', { from: { connection: source, stream: 'shards' }, paused: true });
  broker.away = gone;
  await setPaused(sync, false);
  await until(() => isWaiting(sync));
  const inAnHour = new Date(Date.now() + 3_600_000);
  await engine.app.get(Collections).runs.updateOne({ sync, active: true }, { $set: { notBefore: inAnHour } });
  await setPaused(sync, true);
  await until(() => hasEnded(sync));
  expect(await runsOf(sync)).toMatchObject([{ state: 'succeeded', ledger: { read: 0 } }]);
  expect(await storedOf(sync)).not.toHaveProperty('reaches');
});

it('an endless stream is paused while its broker accepts the connection and never answers: before the run could begin', async () => {
  const sync = await engine.sync('Silent at first', { from: { connection: source, stream: 'group' }, paused: true });
  broker.asked = 0;
  broker.silent = true;
  await setPaused(sync, false);
  await until(() => broker.asked > 0);
  await setPaused(sync, true);
  await until(() => hasEnded(sync));
  expect(await runsOf(sync)).toMatchObject([{ state: 'succeeded', ledger: { read: 0 } }]);
  expect(await storedOf(sync)).not.toHaveProperty('reaches');
});

it('… and while it is subscribed to anew', async () => {
  let finished = 0;
  engine.script.onFinish = () => void finished++;
  const sync = await engine.sync('Silent later', { from: { connection: source, stream: 'group' } });
  broker.append('orders', ...rows(1, 5));
  await received(5);
  broker.asked = 0;
  broker.silent = true;
  broker.fail(gone);
  await until(() => broker.asked > 0);
  await setPaused(sync, true);
  await until(() => hasEnded(sync));
  expect(await runsOf(sync)).toMatchObject([{ state: 'succeeded', ledger: { read: 5, written: 5 } }]);
  expect(await storedOf(sync)).toMatchObject({ startsFrom: { lanes: { orders: 5 } } });
  expect(finished).toBe(1); // the destination's part needs no source
});

it('what an endless stream has read before it is paused is delivered, without an end to the sending', async () => {
  const sync = await engine.sync('Put off', { from: { connection: source, stream: 'group' } });
  let puttingOff = true;
  const ended: boolean[] = [];
  engine.script.answer = () => (puttingOff ? retry(6_000, 'Later.') : undefined);
  engine.script.onPush = (_, { signal }) => void (puttingOff || ended.push(signal.aborted));
  broker.append('orders', ...rows(1, 5));
  await until(() => isWaiting(sync));
  puttingOff = false;
  await setPaused(sync, true);
  await until(() => hasEnded(sync));
  engine.script.answer = engine.script.onPush = undefined;
  expect(await runsOf(sync)).toMatchObject([{ state: 'succeeded', ledger: { read: 5, written: 5 } }]);
  expect(ended).toEqual([false]);
});
