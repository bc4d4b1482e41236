import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Lane } from './lane.ts';

describe('Lane', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const lane = (places: number): Lane<Promise<void>> => new Lane(places, (job) => job);
  const pass = (seconds: number): Promise<void> => jest.advanceTimersByTimeAsync(seconds * 1_000);
  const forEver = new Promise<void>(() => undefined);

  it('is silent when nothing was given for five seconds', async () => {
    const quiet = lane(2);
    await pass(4);
    await quiet.give(Promise.resolve());
    await pass(5);
    expect(quiet.silent).toBe(false);
    await pass(1);
    expect(quiet.silent).toBe(true);
  });

  it('is hungry when one of its places stays free, however often the others are filled', async () => {
    const busy = lane(2);
    void busy.give(forEver);
    for (let second = 0; second <= 5; second++) {
      expect(busy.hungry).toBe(false);
      await pass(1);
    }
    await busy.give(Promise.resolve()); // was full just now
    expect(busy.hungry).toBe(false);
    await pass(6);
    void busy.give(forEver);
    expect([busy.hungry, busy.silent]).toEqual([false, false]);
  });

  it('takes what nobody gives, up to its places', async () => {
    const deaf = lane(2);
    void deaf.give(forEver);
    const jobs = [forEver, forEver];
    deaf.takeFrom(
      () => jobs.shift(),
      () => undefined,
    );
    await pass(6);
    expect(jobs).toHaveLength(1);
    expect([deaf.hungry, deaf.silent]).toEqual([false, false]);
  });

  it('closes when what it was given and what it took has ended, well or not', async () => {
    const lanes = lane(2);
    const ends: (() => void)[] = [];
    const failing = new Promise<void>((_, reject) => ends.push(() => reject(new Error('failed'))));
    const given = expect(lanes.give(failing)).rejects.toThrow('failed');
    const jobs = [new Promise<void>((resolve) => ends.push(resolve))];
    lanes.takeFrom(
      () => jobs.shift(),
      () => undefined,
    );
    let isClosed = false;
    const closed = lanes.close().then(() => (isClosed = true));
    for (const end of ends) {
      await pass(0);
      expect(isClosed).toBe(false);
      end();
    }
    await Promise.all([given, closed]);
  });

  it('takes more for its other places while what it took is under way for long', async () => {
    const deaf = lane(3);
    const take = (jobs: Promise<void>[]): void =>
      deaf.takeFrom(
        () => jobs.shift(),
        () => undefined,
      );
    take([forEver]);
    await pass(6);
    expect([deaf.hungry, deaf.silent]).toEqual([true, true]);
    const jobs = [forEver, Promise.resolve(), forEver, forEver];
    take(jobs);
    await pass(1);
    expect(jobs).toHaveLength(1);
    expect([deaf.hungry, deaf.silent]).toEqual([false, false]);
  });
});
