import { describe, expect, it } from '@jest/globals';
import { createLog } from '#platform';
import { unlessAborted } from './unless-aborted.ts';

const log = createLog({ level: 'silent' });

describe('unlessAborted', () => {
  it('hands over what the work comes to', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve(1), signal, log)).resolves.toBe(1);
    await expect(unlessAborted(Promise.reject(new Error('no')), signal, log)).rejects.toThrow('no');
  });

  it('lets work that heeds the signal end by itself', async () => {
    const abort = new AbortController();
    const work = new Promise((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(new Error('cleaned up')));
    });
    const result = unlessAborted(work, abort.signal, log);
    abort.abort(new Error('cancelled'));
    await expect(result).rejects.toThrow('cleaned up');
  });

  it('leaves behind what hangs', async () => {
    const abort = new AbortController();
    const result = unlessAborted(new Promise(() => undefined), abort.signal, log);
    abort.abort(new Error('cancelled'));
    await expect(result).rejects.toThrow('cancelled');
  });
});
