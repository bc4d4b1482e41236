import { describe, expect, it } from '@jest/globals';
import { Regularly } from './regularly.ts';

describe('what is done regularly', () => {
  it('is done never twice at once, and a last time at the end', async () => {
    let atOnce = 0;
    let most = 0;
    let times = 0;
    const work = new Regularly(
      60_000,
      async () => {
        most = Math.max(most, ++atOnce);
        await new Promise(setImmediate);
        atOnce--;
        times++;
      },
      () => undefined,
    );
    await Promise.all([work.now(), work.now(), work.now()]);
    await work.stop();
    expect(most).toBe(1);
    expect(times).toBeGreaterThanOrEqual(2);
  });

  it('reports what fails, and goes on', async () => {
    const failures: unknown[] = [];
    let times = 0;
    const work = new Regularly(
      60_000,
      async () => {
        if (++times === 1) throw new Error('once');
      },
      (error) => failures.push(error),
    );
    await work.now();
    await work.stop();
    expect(failures).toEqual([new Error('once')]);
    expect(times).toBe(2);
  });
});
