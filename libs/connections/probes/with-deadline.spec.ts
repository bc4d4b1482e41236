import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { withDeadline } from './with-deadline.ts';

const never = () => new Promise<never>(() => undefined);

describe('withDeadline', () => {
  it('gives up on work that heeds nothing, and tells its signal why', async () => {
    const stop = new AbortController();
    const aborted = once(stop.signal, 'abort');
    await expect(withDeadline('The check', 5, stop, never)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('The check took longer than 0.005 s'),
    });
    await aborted;
    expect(stop.signal.reason).toMatchObject({ code: 'timeout' });
  });

  it('passes on what the work gives or throws, and aborts nothing', async () => {
    const stop = new AbortController();
    expect(await withDeadline('It', 60_000, stop, async () => 17)).toBe(17);
    const fault = new Error('no');
    await expect(withDeadline('It', 60_000, stop, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(stop.signal.aborted).toBe(false);
  });
});
