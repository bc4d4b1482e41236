import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Remembered } from './remembered.ts';

describe('what is remembered', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const counted = (lag: number): Remembered<number> => {
    let reads = 0;
    return new Remembered(lag, () => Promise.resolve((reads += 1)));
  };

  it('is read once until its time is over', async () => {
    const remembered = counted(2_000);
    expect(await Promise.all([remembered.get(), remembered.get()])).toEqual([1, 1]);
    jest.advanceTimersByTime(1_999);
    expect(await remembered.get()).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await remembered.get()).toBe(2);
  });

  it('is read again when the clock was set back meanwhile', async () => {
    const remembered = counted(2_000);
    await remembered.get();
    jest.setSystemTime(Date.now() - 3_600_000);
    expect(await remembered.get()).toBe(2);
  });

  it('is read again at once when it was changed here', async () => {
    const remembered = counted(2_000);
    await remembered.get();
    remembered.forget();
    expect(await remembered.get()).toBe(2);
  });

  it('is not what failed', async () => {
    let fails = true;
    const remembered = new Remembered(2_000, () => (fails ? Promise.reject(new Error('no')) : Promise.resolve('read')));
    await expect(remembered.get()).rejects.toThrow('no');
    fails = false;
    expect(await remembered.get()).toBe('read');
  });
});
