import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Connections } from '#connections';
import { Collections } from '../collections.ts';
import { balances } from '../runs/ledger.ts';
import { Runs, Syncs } from '../index.ts';
import type { Run } from '../runs/run.schema.ts';
import { Chains } from '../schedule/chains.ts';
import { Reconciler } from '../schedule/reconciler.ts';
import { Workers } from './workers.ts';
import { brokerConnector, ScriptedBroker } from '../testing/scripted-broker.ts';
import { scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';

const broker = new ScriptedBroker();
const consumers = 4;
/** Seconds. None ends by itself on a machine that stands still for a while. */
const lease = 3_600;
const apps: ScriptedApp[] = [];
let first: ScriptedApp;

const start = async (workerName: string): Promise<ScriptedApp> => {
  const limits = { lease, subscriptions: 16, streamRunSeconds: 3_600, workerName };
  const app = await scriptedApp(limits, [brokerConnector(broker)], apps[0]);
  apps.push(app);
  return app;
};
beforeAll(async () => {
  first = await start('first');
});
afterAll(async () => {
  for (const app of apps.toReversed()) await app.close();
});

const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `n${from + i}` }));
const until = async (what: () => Promise<boolean>): Promise<void> => {
  for (;;) {
    for (const { app } of apps) await app.get(Reconciler).sweep();
    if (await what()) return;
    await delay(50);
  }
};
/** How many subscribers each worker has. */
const shares = async (): Promise<Record<string, number>> => {
  const { slices } = first.app.get(Collections);
  const working = await slices.find({ state: 'working', leaseUntil: { $gt: new Date() } }).toArray();
  const counts: Record<string, number> = {};
  for (const { worker = '' } of working) counts[worker] = (counts[worker] ?? 0) + 1;
  return counts;
};
const areShared = async (expected: Record<string, number>): Promise<boolean> => {
  const found = await shares();
  return Object.keys(expected).every((worker) => found[worker] === expected[worker]);
};

it('gives a process that comes later its share of the subscribers, within the run and with every row once', async () => {
  const { id: connection } = await first.app
    .get(Connections)
    .create({ name: 'Broker', connector: 'scripted-broker', config: {} });
  const sync = await first.sync('Stream', { from: { connection, stream: 'group' }, consumers });
  const lanes = Array.from({ length: consumers }, (_, index) => `lane${index}`);
  lanes.forEach((lane, index) => broker.move(lane, index));
  await first.app.get(Chains).sweep();
  await until(() => areShared({ first: consumers }));
  lanes.forEach((lane, index) => broker.append(lane, ...rows(index * 100 + 1, index * 100 + 10)));
  await until(async () => first.script.received.size === 40);

  const second = await start('second');
  const began = Date.now();
  let later = 0; // seconds: by its clock others have had too many for long
  await until(async () => {
    later = Math.min(later + 100, lease - 600);
    await second.app.get(Workers).spread(new Date(began + later * 1_000));
    return areShared({ first: 2, second: 2 });
  });
  lanes.forEach((lane, index) => broker.append(lane, ...rows(index * 100 + 11, index * 100 + 20)));
  await until(async () => first.script.received.size === 80);

  const runsOf = (): Promise<Run[]> => first.app.get(Runs).list({ sync, limit: 10 });
  await first.app.get(Syncs).change(sync, { paused: true });
  await until(async () => !(await runsOf()).some(({ active }) => active));
  const [run, ...others] = await runsOf();
  expect(others).toEqual([]);
  expect(run).toMatchObject({ state: 'succeeded', ledger: { read: 80, written: 80 } });
  expect(run && balances(run.ledger)).toBe(true);
  expect(Object.fromEntries(broker.committed)).toEqual(Object.fromEntries(lanes.map((lane) => [lane, 20])));
  const slices = await first.app.get(Collections).slices.find({ run: run?._id }).toArray();
  expect(slices.map(({ attempts, takeovers = 0 }) => [attempts, takeovers])).toEqual(Array(consumers).fill([0, 0]));
});
