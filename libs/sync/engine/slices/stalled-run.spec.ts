import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Collections } from '../../collections.ts';
import { Runs } from '../../index.ts';
import type { Run } from '../../runs/run.schema.ts';
import { Reconciler } from '../../schedule/reconciler.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { maxAttempts } from '../timing.ts';

let engine: ScriptedApp;
beforeAll(async () => {
  engine = await scriptedApp({ stallTimeout: 1 });
});
afterAll(() => engine.close());
beforeEach(() => {
  Object.assign(engine.script, { rows: rowsFrom(1, 3), onDiscovery: undefined, onFinish: undefined });
});

const never = (): Promise<void> => new Promise(() => undefined); // heeds no signal
const start = async (sync: string): Promise<string> =>
  (await engine.app.get(Runs).start(sync, { trigger: 'manual' }))._id;
const runOf = (_id: string): Promise<Run | null> => engine.app.get(Collections).runs.findOne({ _id });

async function until(is: (run: Run | null) => boolean, id: string): Promise<void> {
  while (!is(await runOf(id))) {
    await engine.app.get(Reconciler).sweep();
    await delay(50);
  }
}

/** As if it had been given up so often that the next attempt is the last one. */
async function lastAttempt(_id: string): Promise<void> {
  await until((run) => run?.error !== undefined, _id);
  const change = { $set: { attempts: maxAttempts - 1 }, $unset: { notBefore: '' } } as const;
  await engine.app.get(Collections).runs.updateOne({ _id }, change);
}

it.each([
  ['planned, as its source never answers', 'onDiscovery', 0],
  ['closed, as its destination never answers', 'onFinish', 3],
] as const)('a run that cannot be %s, fails in the end, and its sync is free again', async (what, hangs, read) => {
  const sync = await engine.sync(`Not ${what}`);
  engine.script[hangs] = never;
  const run = await start(sync);
  await lastAttempt(run);
  await until((now) => !now?.active, run);
  const failed = { state: 'failed', error: { code: 'timeout' }, ledger: { read } };
  expect(await runOf(run)).toMatchObject(failed);
  const stored = await engine.app.get(Collections).syncs.findOne({ _id: sync });
  expect(stored?.lastRun).toMatchObject({ id: run, state: 'failed' });
  engine.script[hangs] = undefined;
  expect(await engine.run(sync)).toMatchObject({ state: 'succeeded' });
});

it('a run whose source never answers is cancelled', async () => {
  const sync = await engine.sync('Cancelled');
  let asked = false;
  engine.script.onDiscovery = () => {
    asked = true;
    return never();
  };
  const run = await start(sync);
  while (!asked) await delay(20);
  await engine.app.get(Runs).cancel(run);
  await until((now) => !now?.active, run);
  expect(await runOf(run)).toMatchObject({ state: 'cancelled' });
});
