import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { retry } from '@millrace/sdk';
import { Collections } from '../collections.ts';
import type { Circuit } from '../engine/push/circuit.schema.ts';
import { maxAttempts } from '../engine/timing.ts';
import { Runs } from '../index.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import { Reconciler } from '../schedule/reconciler.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';

let engine: ScriptedApp;
beforeAll(async () => {
  engine = await scriptedApp();
});
afterAll(() => engine.close());

const anHourAgo = () => new Date(Date.now() - 3_600_000);

/** Tries it again and again, without the pauses in between, until it is as wanted. `$set`: what the slice is told to be meanwhile. */
async function tryUntil(run: string, is: (slice: SliceDocument) => boolean, $set: object = {}): Promise<SliceDocument> {
  const { slices } = engine.app.get(Collections);
  const circuits = engine.app.get<Model<Circuit>>(getModelToken('Circuit'));
  for (;;) {
    const slice = await slices.findOne({ run });
    if (slice && is(slice)) return slice;
    await circuits.deleteMany({});
    await slices.updateMany({ run, state: 'pending' }, { $unset: { notBefore: '' }, $set });
    await engine.app.get(Reconciler).sweep();
    await delay(100);
  }
}

it('a destination that takes nothing is given up, however much the source still has', async () => {
  Object.assign(engine.script, { rows: rowsFrom(1, 20), pageSize: 1 });
  engine.script.onPush = () => {
    throw new Error('no space left on device');
  };
  const { _id: run } = await engine.app.get(Runs).start(await engine.sync('Full disk'), { trigger: 'manual' });
  const failing = await tryUntil(run, ({ attempts }) => attempts >= maxAttempts);
  expect(failing.error).toMatchObject({ message: expect.stringContaining('no space left on device') });
  expect(failing.ledger.read).toBeLessThan(20);

  const given = await tryUntil(run, ({ state }) => state === 'failed', { failingSince: anHourAgo() });
  expect(given.ledger).toMatchObject({ written: 0 });
});

it('what it takes begins the count anew', async () => {
  Object.assign(engine.script, { rows: rowsFrom(1, 20), received: new Map(), pageSize: 1 });
  let pushes = 0;
  engine.script.onPush = () => {
    pushes += 1;
    if (pushes % 5 === 0) throw new Error('now and then');
  };
  const { _id: run } = await engine.app.get(Runs).start(await engine.sync('Now and then'), { trigger: 'manual' });
  const ended = await tryUntil(run, ({ state }) => state === 'failed' || state === 'done');
  expect(ended).toMatchObject({ state: 'done', attempts: 0, ledger: { read: 20 } });
  expect(engine.script.received.size).toBe(20);
});

it.each([
  ['rows that it takes', 'upsert'],
  ['rows that it has already', 'mirror'],
])('while it puts one off, a source that fails after each page goes on: %s', async (name, mode) => {
  const rows = rowsFrom(1, 12);
  Object.assign(engine.script, { rows, received: new Map(), pageSize: 1, onPush: undefined });
  const sync = await engine.sync(name, { mode, read: 'full' });
  if (mode === 'mirror') await engine.run(sync);
  engine.script.rows = rows.map((row) => (row.id === 1 ? { ...row, name: 'put off' } : row));
  engine.script.answer = ({ record }) => (record.name === 'put off' ? retry(3_600_000) : undefined);
  engine.script.failures = rows.slice(1).map((_, i) => ({ afterPage: i + 1 }));
  const { _id: run } = await engine.app.get(Runs).start(sync, { trigger: 'manual' });
  const read = await tryUntil(run, ({ state, readThrough }) => readThrough === true || state === 'failed');
  expect(read).toMatchObject({ attempts: 0, ledger: { read: 12 } });
  expect(read.failingSince).toBeUndefined();
});

it('a failure after what went well is the first of its own', async () => {
  Object.assign(engine.script, { rows: rowsFrom(1, 4), received: new Map(), pageSize: 1, onPush: undefined });
  engine.script.answer = undefined;
  engine.script.failures = [{ afterPage: 1 }, { afterPage: 3 }];
  const { _id: run } = await engine.app.get(Runs).start(await engine.sync('Fails later'), { trigger: 'manual' });
  await tryUntil(run, ({ attempts }) => attempts === 1);
  const former = anHourAgo();
  await engine.app.get(Collections).slices.updateOne({ run }, { $set: { failingSince: former } });
  const again = await tryUntil(run, ({ state, ledger }) => state === 'pending' && ledger.read === 3);
  expect(again.attempts).toBe(1);
  expect(again.failingSince?.getTime()).toBeGreaterThan(former.getTime());
});
