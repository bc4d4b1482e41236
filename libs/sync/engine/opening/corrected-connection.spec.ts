import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import type { Script } from '../../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../../testing/test-engine.ts';
import { Circuits } from '../push/circuits.ts';

const script: Script = emptyScript();
let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine(script);
});
beforeEach(() => {
  reset(script);
  script.rows = people(1, 30);
});
afterAll(() => engine.stop());

const tomorrow = new Date(Date.now() + 86_400_000); // as after many failures
let corrections = 0;
const correct = (connection: string) =>
  engine.app.get(Connections).update(connection, { config: { user: `u${++corrections}` } });
const sliceOf = (run: string) => engine.collections.slices.findOne({ run });
const runOf = (run: string) => engine.collections.runs.findOne({ _id: run });

async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await delay(20);
}

/** Starts a run whose slice fails once, and makes it rest until tomorrow. */
async function restingSlice(name: string): Promise<string> {
  const run = await engine.start(await engine.make(name));
  await until(async () => (await sliceOf(run))?.notBefore !== undefined);
  await engine.collections.slices.updateOne({ run, state: 'pending' }, { $set: { notBefore: tomorrow } });
  return run;
}

it.each(['source', 'destination'] as const)(
  'a slice that rests because its %s is in trouble is tried at once when that connection is corrected',
  async (side) => {
    const circuits = engine.app.get(Circuits);
    const gone = new MillraceError('unreachable', 'It is gone. Look for another.');
    for (let failures = 0; failures < 10; failures++) await circuits.failed(engine[side], gone); // rests for minutes
    const run = await engine.start(await engine.make(`Rests for its ${side}`));
    await until(async () => (await sliceOf(run))?.error?.connection === engine[side]);
    await correct(engine[side]);
    expect(await engine.untilEnded(run)).toMatchObject({ state: 'succeeded', ledger: { read: 30, written: 30 } });
  },
);

it('a slice that failed does not wait for its next attempt either', async () => {
  script.failures = [{ afterPage: 1 }];
  const run = await restingSlice('Failed');
  await correct(engine.source);
  expect(await engine.untilEnded(run)).toMatchObject({ state: 'succeeded', ledger: { read: 30 } });
});

it('nor does a run that could not be planned', async () => {
  const sync = await engine.make('Unplanned');
  script.undiscoverable = true;
  const run = await engine.start(sync);
  await until(async () => (await runOf(run))?.notBefore !== undefined);
  await engine.collections.runs.updateOne({ _id: run }, { $set: { notBefore: tomorrow } });
  script.undiscoverable = false;
  await correct(engine.source);
  expect(await engine.untilEnded(run)).toMatchObject({ state: 'succeeded', ledger: { read: 30 } });
});

it.each([
  ['the other side has asked to wait', { code: 'rate_limited' as const }, () => correct(engine.source)],
  ['the connection only got another name', {}, () => engine.app.get(Connections).update(engine.source, { name: 'N' })],
  ['another connection was corrected', {}, () => correct(engine.destination)],
])('a slice rests on where %s', async (what, failure, change) => {
  script.failures = [{ afterPage: 1, ...failure }];
  const run = await restingSlice(what);
  await change();
  expect(await sliceOf(run)).toMatchObject({ state: 'pending', notBefore: tomorrow });
  await engine.runs.cancel(run);
  await engine.untilEnded(run);
});
