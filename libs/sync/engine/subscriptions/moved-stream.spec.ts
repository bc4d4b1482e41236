import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { MillraceError, type Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { Collections } from '../../collections.ts';
import { Runs, Syncs } from '../../index.ts';
import { Circuits } from '../push/circuits.ts';
import { balances } from '../../runs/ledger.ts';
import type { Run } from '../../runs/run.schema.ts';
import { Chains } from '../../schedule/chains.ts';
import { Reconciler } from '../../schedule/reconciler.ts';
import { brokerConnector, ScriptedBroker } from '../../testing/scripted-broker.ts';
import { scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';

const [former, later] = [new ScriptedBroker(), new ScriptedBroker()];
let engine: ScriptedApp;
let connections: Connections;
let source: string;
let names = 0;

beforeAll(async () => {
  const limits = { streamRunSeconds: 3_600, subscriptions: 16 };
  engine = await scriptedApp(limits, [brokerConnector(former, { later })]);
  connections = engine.app.get(Connections);
});
afterAll(() => engine.close());
beforeEach(async () => {
  former.reset();
  later.reset();
  engine.script.received = new Map();
  source = (await connections.create({ name: 'Broker', connector: 'scripted-broker', config: {} })).id;
});

const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `n${from + i}` }));
const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await what())) await delay(20);
};
const tick = async (): Promise<void> => {
  await engine.app.get(Reconciler).sweep();
  await engine.app.get(Chains).sweep();
};
const follow = async (stream: string, more: object = {}): Promise<string> => {
  const sync = await engine.sync(`Stream ${++names}`, { from: { connection: source, stream }, ...more });
  await tick();
  return sync;
};
const received = (count: number) => until(() => engine.script.received.size === count);
const runsOf = (sync: string): Promise<Run[]> => engine.app.get(Runs).list({ sync, limit: 100 });
const storedOf = (_id: string) => engine.app.get(Collections).syncs.findOne({ _id });
const pause = async (sync: string): Promise<Run[]> => {
  await engine.app.get(Syncs).change(sync, { paused: true });
  await until(async () => {
    await tick();
    return !(await runsOf(sync)).some(({ active }) => active);
  });
  return (await runsOf(sync)).reverse();
};
const toLater = { config: { cluster: 'later' } };

describe.each(['group', 'shards'])('an endless stream (%s) whose source leads to another place', (stream) => {
  it('is followed there from the beginning, and no more where it was', async () => {
    const sync = await follow(stream, { consumers: 2 });
    former.append('orders', ...rows(1, 5));
    former.append('returns', ...rows(11, 12));
    await received(7);
    later.append('orders', ...rows(101, 103)); // fewer than were read before
    await connections.update(source, { ...toLater, moved: true });
    await until(async () => {
      await tick();
      return engine.script.received.size === 10;
    });
    expect(later.begun).toContainEqual({ lane: 'orders', from: 0 });
    expect(former.members).toBe(0);
    former.append('orders', ...rows(6, 9)); // nobody is there
    later.append('orders', ...rows(104, 104));
    await received(11);
    const runs = await pause(sync);
    expect([...engine.script.received.keys()].filter((id) => Number(id) < 100)).toEqual([1, 2, 3, 4, 5, 11, 12]);
    expect(await storedOf(sync)).toMatchObject({ startsFrom: { lanes: { orders: 4 } } });
    expect(await storedOf(sync)).not.toHaveProperty('startsFrom.lanes.returns');
    expect(runs.every(({ state, ledger }) => state === 'succeeded' && balances(ledger))).toBe(true);
  });

  it('is not read there from where it was, though whoever was told died before the syncs were', async () => {
    const sync = await follow(stream);
    former.append('orders', ...rows(1, 5));
    await received(5);
    later.append('orders', ...rows(101, 108)); // more than were read before
    await engine.app
      .get<Connection>(getConnectionToken())
      .collection<{ _id: string }>('connections')
      .updateOne({ _id: source }, { $set: { place: 2, ...toLater }, $inc: { revision: 1 } });
    former.fail(new MillraceError('unreachable', 'The broker is gone. Look for another.')); // the subscription is made anew
    await until(async () => {
      await tick();
      return engine.script.received.size === 13;
    });
    await pause(sync);
    expect(later.begun).toEqual([{ lane: 'orders', from: 0 }]);
  });

  it('goes on where it was under another address', async () => {
    const sync = await follow(stream);
    former.append('orders', ...rows(1, 5));
    await received(5);
    later.append('orders', ...rows(1, 7));
    await connections.update(source, { ...toLater, moved: false });
    await until(async () => {
      await engine.app.get(Chains).sweep(new Date(Date.now() + 11_000)); // connections are looked at every ten seconds
      return engine.script.received.size === 7;
    });
    await pause(sync);
    expect(later.begun).toEqual([{ lane: 'orders', from: 5 }]);
  });
});

it('an endless stream goes on where it was when its destination leads to another place, which is sent what the former one has', async () => {
  const sync = await follow('group');
  former.append('orders', ...rows(1, 5));
  await received(5);
  engine.script.received.clear(); // another place
  await connections.update(engine.connections[1], { moved: true });
  former.append('orders', ...rows(6, 6));
  await until(async () => {
    await tick();
    return (await runsOf(sync)).length === 2;
  });
  former.append('orders', ...rows(5, 5)); // as it was
  await until(async () => {
    await tick();
    return engine.script.received.has(5);
  });
  await pause(sync);
  expect([...engine.script.received.keys()].sort()).toEqual([5, 6]);
});

it.each([
  ['is told to lead to another place', { ...toLater, moved: true }],
  ['is corrected', toLater],
])('an endless stream that rests after failures does not wait any more once its connection %s', async (_, change) => {
  const sync = await follow('group');
  await until(() => former.members === 1);
  former.fail(new MillraceError('authentication_failed', 'The password is wrong. Enter another.'));
  await until(async () => (await storedOf(sync))?.nextRunAt !== undefined);
  const tomorrow = new Date(Date.now() + 86_400_000); // as after many failures
  await engine.app.get(Collections).syncs.updateOne({ _id: sync }, { $set: { nextRunAt: tomorrow } });
  later.append('orders', ...rows(1, 3));
  await connections.update(source, change);
  await until(async () => {
    await engine.app.get(Chains).sweep(new Date(Date.now() + 11_000));
    return engine.script.received.size === 3;
  });
  await pause(sync);
});

it('an endless stream is followed at once where its connection is corrected, however long the trouble was', async () => {
  const circuits = engine.app.get(Circuits);
  const gone = new MillraceError('unreachable', 'The broker is gone. Look for another.');
  for (let failures = 0; failures < 10; failures++) await circuits.failed(source, gone); // rests for minutes
  const sync = await follow('group');
  await until(async () => (await engine.app.get(Syncs).get(sync)).reason.startsWith(gone.message));
  later.append('orders', ...rows(1, 3));
  await connections.update(source, toLater);
  await until(async () => {
    await engine.app.get(Chains).sweep(new Date(Date.now() + 11_000));
    return engine.script.received.size === 3;
  });
  await pause(sync);
});
