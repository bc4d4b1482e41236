import { describe, expect, it } from '@jest/globals';
import { prefetch } from './prefetch.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const never = new AbortController().signal;

async function* counting(to: number, log: string[] = []): AsyncGenerator<number> {
  try {
    for (let i = 0; i < to; i++) {
      log.push(`read ${i}`);
      yield i;
    }
  } finally {
    log.push('closed');
  }
}

describe('prefetch', () => {
  it('yields everything in order, reading one element ahead', async () => {
    const log: string[] = [];
    for await (const n of prefetch(counting(3, log), never, silent)) {
      await Promise.resolve();
      log.push(`write ${n}`);
    }
    expect(log).toEqual(['read 0', 'read 1', 'write 0', 'read 2', 'write 1', 'closed', 'write 2']);
  });

  it('closes the source when the consumer stops', async () => {
    const log: string[] = [];
    for await (const n of prefetch(counting(9, log), never, silent)) if (n === 1) break;
    expect(log.at(-1)).toBe('closed');
    expect(log).not.toContain('read 4');
  });

  it('hands over what came before a failure, then the failure', async () => {
    const seen: number[] = [];
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('gone');
    }
    const read = async (): Promise<void> => {
      for await (const n of prefetch(failing(), never, silent)) seen.push(n);
    };
    await expect(read()).rejects.toThrow('gone');
    expect(seen).toEqual([1]);
  });

  it('stops at once when it is told to, even if the source hangs', async () => {
    const abort = new AbortController();
    async function* hanging(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const read = async (): Promise<void> => {
      for await (const _ of prefetch(hanging(), abort.signal, silent)) abort.abort(new Error('cancelled'));
    };
    await expect(read()).rejects.toThrow('cancelled');
  });

  it('waits no longer than it is told to for a source that does not end when the consumer fails', async () => {
    const abort = new AbortController();
    async function* hanging(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const read = async (): Promise<void> => {
      for await (const _ of prefetch(hanging(), abort.signal, silent)) {
        setImmediate(() => abort.abort(new Error('enough')));
        throw new Error('not written');
      }
    };
    await expect(read()).rejects.toThrow('not written');
  });
});
