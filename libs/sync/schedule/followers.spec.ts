import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '#platform';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { ClockCorrection } from './clock-correction.ts';
import { Workers } from '../queues/workers.ts';
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

  it('runs a sync after the next success, whatever time it is by the clock', async () => {
    script.rows = people(1, 1);
    const first = await engine.make('Leader', { read: 'full' });
    const second = await engine.make('Follower', { schedule: { after: first }, read: 'full' });
    const followed = newId('run', Date.now() + 86_400_000); // by a clock that ran ahead
    await engine.collections.syncs.updateOne({ _id: second }, { $set: { followed } });
    await engine.collections.syncs.updateOne({ _id: first }, { $set: { lastSuccess: followed } });
    await engine.run(first);
    expect(await untilRan(second, 1)).toHaveLength(1);
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

  it('lets no two follow each other, and none a sync that is gone, when asked at the same moment', async () => {
    const a = await engine.make('A');
    for (let round = 0; round < 8; round++) {
      const [b, c] = [await engine.make(`B ${round}`), await engine.make(`C ${round}`)];
      await Promise.allSettled([
        engine.syncs.change(a, { schedule: { after: b } }),
        engine.syncs.change(b, { schedule: { after: a } }),
      ]);
      const [first, second] = [await engine.syncs.get(a), await engine.syncs.get(b)];
      expect(first.schedule && second.schedule).toBeUndefined();
      await engine.syncs.change(a, { schedule: { every: '1d' } });
      await Promise.allSettled([engine.syncs.change(a, { schedule: { after: c } }), engine.syncs.remove(c)]);
      const { schedule } = await engine.syncs.get(a);
      const isThere = (await engine.collections.syncs.findOne({ _id: c })) !== null;
      expect(schedule).toEqual(isThere ? { after: c } : { every: '1d' });
      await engine.collections.syncs.updateOne({ _id: a }, { $unset: { schedule: '' } });
    }
  });

  it('leaves no run of a sync that was removed when the run was made', async () => {
    script.rows = people(1, 2);
    for (let round = 0; round < 8; round++) {
      const sync = await engine.make(`Gone ${round}`);
      const [started] = await Promise.allSettled([
        engine.runs.start(sync, { trigger: 'manual' }),
        engine.syncs.remove(sync),
      ]);
      if ((await engine.collections.syncs.findOne({ _id: sync })) !== null || started.status === 'rejected') continue;
      expect((await engine.untilEnded(started.value._id)).state).toBe('cancelled');
    }
  });

  it('starts missed ones a few at a time, each once', async () => {
    script.rows = people(1, 2);
    const ticker = engine.app.get(Ticker);
    await ticker.beforeApplicationShutdown(); // from here on it is this spec that looks
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, i) => engine.make(`Missed ${i}`, { schedule: { every: '1h' } })),
    );
    const nextRunAt = new Date(Date.now() - 3 * 3_600_000);
    await engine.collections.syncs.updateMany({ _id: { $in: made } }, { $set: { nextRunAt } });
    const started = () => engine.collections.runs.countDocuments({ sync: { $in: made }, trigger: 'schedule' });
    await ticker.startDue(new Date());
    expect(await started()).toBeLessThan(5);
    while ((await started()) < 5) await ticker.startDue(new Date());
    await Promise.all(made.map((sync) => untilRan(sync, 1)));
    expect(await started()).toBe(5);
    for (const sync of made) expect((await engine.syncs.get(sync)).nextRunAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('counts anew what was put off by a clock that ran ahead, and nothing else', async () => {
    const { syncs } = engine.collections;
    const inYears = new Date(Date.now() + 400 * 86_400_000);
    const daily = { cron: '0 6 * * *', timeZone: 'Europe/Berlin' };
    const late = [
      await engine.make('Hourly', { schedule: { every: '1h' } }),
      await engine.make('Daily', { schedule: daily }),
    ];
    await syncs.updateMany({ _id: { $in: late } }, { $set: { nextRunAt: inYears } });
    const leapDay = await engine.make('Leap day', { schedule: { cron: '0 0 29 2 *' } });
    const before = await engine.syncs.get(leapDay);
    await engine.app.get(ClockCorrection).sweep(new Date(Date.now() - 600_000)); // ten minutes are set back
    const [hourly, morning] = await Promise.all(late.map(async (sync) => (await engine.syncs.get(sync)).nextRunAt));
    expect(hourly?.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(morning?.getTime()).toBeLessThanOrEqual(Date.now() + 25 * 3_600_000);
    expect(await engine.syncs.get(leapDay)).toEqual(before);
  });

  it('frees work that is leased until a time that a clock ran ahead to', async () => {
    const { runs, slices } = engine.collections;
    const inYears = new Date(Date.now() + 400 * 86_400_000);
    const held = { _id: 'run_left', sync: 'syn_left', active: true, state: 'held', epoch: 3 };
    await runs.insertOne({ ...held, leaseUntil: inYears, notBefore: inYears } as never);
    await slices.insertMany([
      { _id: 'left', run: 'run_left', ordinal: 0, state: 'working', epoch: 5, leaseUntil: inYears } as never,
      { _id: 'rests', run: 'run_left', ordinal: 1, state: 'pending', epoch: 5, notBefore: inYears } as never,
    ]);
    await engine.app.get(ClockCorrection).sweep(new Date(Date.now() - 1_200_000));
    expect(await runs.findOne({ _id: 'run_left' })).toEqual({ ...held, epoch: 4, leaseUntil: new Date(0) });
    expect(await slices.find({ run: 'run_left' }, { sort: { ordinal: 1 } }).toArray()).toMatchObject([
      { state: 'working', epoch: 6, leaseUntil: new Date(0) },
      { state: 'pending', epoch: 5 },
    ]);
    expect(await slices.countDocuments({ run: 'run_left', notBefore: { $exists: true } })).toBe(0);
    await runs.deleteOne({ _id: 'run_left' });
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

  it('are paused by label although one of them is being removed at the same moment', async () => {
    const many = { labels: ['many'], schedule: { every: '1h' } };
    const stay = await Promise.all(Array.from({ length: 20 }, (_, i) => engine.make(`Stays ${i}`, many)));
    for (let round = 0; round < 5; round++) {
      const goes = await engine.make(`Goes ${round}`, many);
      const paused = round % 2 === 0;
      const [, changed] = await Promise.all([engine.syncs.remove(goes), engine.syncs.pauseAll('many', paused)]);
      expect(changed.flatMap(({ _id, state }) => (_id === goes ? [] : [[_id, state]])).sort()).toEqual(
        stay.map((sync) => [sync, paused ? 'paused' : 'new']).sort(),
      );
      expect(await engine.collections.syncs.countDocuments({ labels: 'many', paused: !paused })).toBe(0);
    }
  });

  it('starts more missed ones at a time while the workers have places free', async () => {
    script.rows = people(1, 2);
    const ticker = engine.app.get(Ticker);
    const { syncs, runs } = engine.collections;
    const made = await Promise.all(Array.from({ length: 9 }, (_, i) => engine.make(`Many ${i}`)));
    const schedule = { every: '1h' };
    await syncs.updateMany({ _id: { $in: made } }, { $set: { schedule, nextRunAt: new Date(Date.now() - 7_200_000) } });
    const ofThem = { sync: { $in: made } };
    const started = async (): Promise<number> => {
      while ((await runs.findOne({ ...ofThem, active: true })) !== null || !engine.app.get(Workers).haveFreePlaces)
        await delay(20);
      const before = await runs.countDocuments(ofThem);
      await ticker.startDue(new Date());
      return (await runs.countDocuments(ofThem)) - before;
    };
    expect([await started(), await started()]).toEqual([3, 6]);
    await Promise.all(made.map((sync) => untilRan(sync, 1)));
  });
});
