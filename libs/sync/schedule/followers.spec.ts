import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { Ticker } from './ticker.ts';

describe('schedules', () => {
  const script = emptyScript();
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  afterAll(() => engine.stop());
  beforeEach(() => reset(script));

  const runsOf = (sync: string) => engine.runs.list({ sync, limit: 100 });
  const untilRan = async (sync: string, times: number) => {
    for (;;) {
      const ended = (await runsOf(sync)).filter(({ active }) => !active);
      if (ended.length >= times) return ended;
      await delay(50);
    }
  };

  it('runs a sync after each success of another one, and only then', async () => {
    script.rows = people(1, 3);
    const first = await engine.make('First', { slug: 'first', read: 'full' });
    await engine.run(first); // before anybody follows
    const second = await engine.make('Second', { schedule: { after: 'first' }, read: 'full' });
    expect(await engine.syncs.get(second)).toMatchObject({ schedule: { after: first } });
    await engine.run(first);
    expect(await untilRan(second, 1)).toMatchObject([{ trigger: 'sync', state: 'succeeded' }]);
    script.failures = [{ afterPage: 0, code: 'authentication_failed' }];
    expect((await engine.run(first)).state).toBe('failed');
    await engine.run(first);
    expect(await untilRan(second, 2)).toHaveLength(2);
  });

  it('refuses a circle, a leader that is unknown, and to remove one that is followed', async () => {
    const a = await engine.make('A', { slug: 'a' });
    const b = await engine.make('B', { schedule: { after: 'a' } });
    await expect(engine.syncs.change(a, { schedule: { after: b } })).rejects.toMatchObject({
      code: 'invalid_schedule',
    });
    await expect(engine.syncs.change(a, { schedule: { after: a } })).rejects.toMatchObject({
      code: 'invalid_schedule',
    });
    await expect(engine.make('C', { schedule: { after: 'nobody' } })).rejects.toMatchObject({
      code: 'invalid_schedule',
    });
    await expect(engine.syncs.remove(a)).rejects.toMatchObject({ code: 'conflict' });
    await engine.syncs.remove(b);
    await engine.syncs.remove(a);
  });

  it('starts missed ones a few at a time, each once', async () => {
    script.rows = people(1, 2);
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, i) => engine.make(`Missed ${i}`, { schedule: { every: '1h' } })),
    );
    const nextRunAt = new Date(Date.now() - 3 * 3_600_000);
    await engine.collections.syncs.updateMany({ _id: { $in: made } }, { $set: { nextRunAt } });
    const started = () => engine.collections.runs.countDocuments({ sync: { $in: made }, trigger: 'schedule' });
    await engine.app.get(Ticker).startDue(new Date());
    expect(await started()).toBeLessThan(5);
    while ((await started()) < 5) await delay(50);
    await Promise.all(made.map((sync) => untilRan(sync, 1)));
    expect(await started()).toBe(5);
    for (const sync of made) expect((await engine.syncs.get(sync)).nextRunAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('goes on for the others where one cannot be read any more', async () => {
    const [broken, fine] = [await engine.make('Broken', { schedule: { every: '1h' } }), await engine.make('Fine')];
    const long = new Date(Date.now() - 7_200_000);
    const { syncs } = engine.collections;
    const schedule = { cron: '0 6 * * *', timeZone: 'Mars/Base' };
    await syncs.updateOne({ _id: broken }, { $set: { schedule, nextRunAt: long } });
    await syncs.updateOne(
      { _id: fine },
      { $set: { schedule: { every: '1h' }, nextRunAt: new Date(long.getTime() + 1) } },
    );
    await engine.app.get(Ticker).startDue(new Date());
    for (const sync of [broken, fine]) {
      await untilRan(sync, 1);
      expect((await engine.syncs.get(sync)).nextRunAt?.getTime()).toBeGreaterThan(Date.now());
    }
  });

  it('can be paused by label, while the other systems are down', async () => {
    const labelled = { labels: ['shop'], schedule: { every: '1h' } };
    const made = [await engine.make('Down 1', labelled), await engine.make('Down 2', labelled)];
    const other = await engine.make('Other', { labels: ['crm'] });
    script.undiscoverable = true;
    await expect(engine.syncs.change(other, { mapping: { id: 'id' } })).rejects.toMatchObject({ code: 'unreachable' });
    expect((await engine.syncs.pauseAll('shop', true)).map(({ _id, state }) => [_id, state])).toEqual(
      made.map((sync) => [sync, 'paused']),
    );
    expect((await engine.syncs.get(other)).paused).toBe(false);
    const resumed = await engine.syncs.pauseAll('shop', false);
    expect(resumed.every(({ nextRunAt }) => nextRunAt !== undefined && nextRunAt > new Date())).toBe(true);
  });
});
