import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { RunOptions } from './run-plans.ts';

describe('a run that does otherwise than its sync says', () => {
  const script = emptyScript();
  let engine: TestEngine;
  let pushed: unknown[];

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    reset(script);
    pushed = [];
    script.onPush = (rows) => void pushed.push(...rows.map(({ record }) => record.id));
  });

  const runWith = async (sync: string, options: RunOptions) =>
    engine.untilEnded((await engine.runs.start(sync, { trigger: 'manual', ...options }))._id);
  const startsFrom = async (sync: string) => (await engine.syncs.get(sync)).startsFrom;

  it('backfills a window, and leaves alone where the next run starts', async () => {
    script.rows = people(1, 20);
    const sync = await engine.make('Backfill');
    await engine.run(sync);
    script.rows = people(1, 25).map((row) => ({ ...row, name: `new ${row.id}` }));
    pushed = [];
    const ended = await runWith(sync, { window: { from: 5, to: 7 } });
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 25, written: 3, filtered: 22 } });
    expect(pushed).toEqual([5, 6, 7]);
    expect(await startsFrom(sync)).toEqual({ cursor: 20 });
    expect((await engine.run(sync)).ledger).toMatchObject({ read: 6, written: 6 });
  });

  it('is told when nothing says which rows lie in a window', async () => {
    const window = { from: 1 };
    const sync = await engine.make('No cursor', { read: 'full', from: { connection: engine.source, stream: 'rows' } });
    script.rows = people(1, 3);
    // The stream has a cursor, so a full sync can be backfilled, too.
    expect((await runWith(sync, { window: { from: 2, to: 2 } })).ledger).toMatchObject({ written: 1, filtered: 2 });
    await expect(engine.runs.start('syn_unknown', { trigger: 'manual', window })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each([
    [{ window: { from: 7, to: 5 } }, /ends before it begins/],
    [{ window: { from: '2026-02-01', to: '2026-01-31T23:00:00Z' } }, /ends before it begins/],
    [{ window: {} }, /neither `from` nor `to`/],
    [{ window: { from: 1 }, full: true }, /only one/],
  ])('refuses %j', async (options, reason) => {
    const sync = await engine.make('Odd window');
    await expect(engine.runs.start(sync, { trigger: 'manual', ...options })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(reason),
    });
  });

  it.each([
    ['a window', { window: { from: 1 } }],
    ['a replay', { replay: { ids: ['rej_1'] } }],
  ])('refuses %s where it would leave only its own rows', async (_, options) => {
    const to = { connection: engine.destination, object: 'list' };
    const sync = await engine.make('List', { to });
    await expect(engine.runs.start(sync, { trigger: 'manual', ...options })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('"list" puts the rows of a run in the place'),
    });
    expect(await engine.runs.list({ sync, limit: 1 })).toEqual([]);
  });

  it('reads everything where it would leave only what changed, though its sync was made to read that', async () => {
    script.rows = people(1, 5);
    const to = { connection: engine.destination, object: 'list' };
    const sync = await engine.make('List of before', { to });
    await engine.collections.syncs.updateOne({ _id: sync }, { $set: { read: 'incremental' } });
    await engine.run(sync);
    pushed = [];
    expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 5 } });
    expect(pushed).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes the hours of a day that a window ends with', async () => {
    const sync = await engine.make('Within a day');
    const window = { from: '2026-01-31T12:00:00Z', to: '2026-01-31' };
    expect(await runWith(sync, { window })).toMatchObject({ state: 'succeeded' });
  });

  it('reads everything once, and the next run goes on from there', async () => {
    script.rows = people(1, 12);
    const sync = await engine.make('Full once');
    await engine.run(sync);
    script.rows = people(1, 15);
    expect((await runWith(sync, { full: true })).ledger).toMatchObject({ read: 15, written: 3, unchanged: 12 });
    expect(await startsFrom(sync)).toEqual({ cursor: 15 });
    expect((await engine.run(sync)).ledger.read).toBe(1);
  });

  it.each([
    [null, 30],
    [{ cursor: 21 }, 10],
  ])('does not say where the next run starts where somebody set that to %j meanwhile', async (set, read) => {
    script.rows = people(1, 30);
    const sync = await engine.make('Set meanwhile');
    await engine.run(sync);
    script.onPage = async () => {
      script.onPage = undefined;
      await engine.syncs.startFrom(sync, set);
    };
    expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 1 } });
    expect((await startsFrom(sync)) ?? null).toEqual(set);
    expect((await engine.run(sync)).ledger.read).toBe(read);
    expect(await startsFrom(sync)).toEqual({ cursor: 30 });
  });

  it('sends again what the destination has, when told to', async () => {
    script.rows = people(1, 4);
    const sync = await engine.make('Resend', { read: 'full' });
    await engine.run(sync);
    pushed = [];
    await engine.run(sync);
    expect(pushed).toEqual([]);
    await runWith(sync, { resend: true });
    expect(pushed).toEqual([1, 2, 3, 4]);
  });

  it('rests while it is paused, and goes on where it was', async () => {
    script.rows = people(1, 1_000_000); // more than it can read before it heeds the pause
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    script.onPage = async (page) => {
      if (page === 2) reach();
    };
    const sync = await engine.make('Paused');
    const run = await engine.start(sync);
    await reached;
    await engine.runs.pause(run);
    expect(await engine.syncs.get(sync)).toMatchObject({
      state: 'paused',
      reason: expect.stringContaining('/resume'),
    });
    expect(await engine.runs.list({ state: 'paused', limit: 10 })).toMatchObject([{ _id: run }]);
    while (await engine.collections.slices.findOne({ run, state: 'working' })) await delay(20);
    const { ledger } = await engine.runs.get(run);
    const all = ledger.read + 30;
    script.rows = people(1, all);
    await engine.runs.resume(run);
    expect(await engine.untilEnded(run)).toMatchObject({ state: 'succeeded', ledger: { read: all, written: all } });
    expect(script.received.size).toBe(all);
    await expect(engine.runs.resume(run)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('can be cancelled while it is paused', async () => {
    script.rows = people(1, 50);
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    script.onPage = (_, signal) => {
      reach();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const run = await engine.start(await engine.make('Paused and cancelled'));
    await reached;
    await engine.runs.pause(run);
    await engine.runs.cancel(run);
    expect(await engine.untilEnded(run)).toMatchObject({ state: 'cancelled' });
  });

  it('is tried again with the same options, once it has failed', async () => {
    script.rows = people(1, 20);
    const sync = await engine.make('Retried');
    script.failures = [{ afterPage: 1, code: 'authentication_failed' }];
    const failed = await runWith(sync, { window: { to: 15 } });
    expect(failed.state).toBe('failed');
    const again = await engine.untilEnded((await engine.runs.retry(failed._id))._id);
    expect(again).toMatchObject({
      state: 'succeeded',
      trigger: 'retry',
      plan: { window: { to: 15 } },
      ledger: { read: 20, filtered: 5 },
    });
    await expect(engine.runs.retry(again._id)).rejects.toMatchObject({ code: 'conflict' });
  });
});
