import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, type Logger } from '@millrace/sdk';

/** Milliseconds that work has to end by itself after its signal aborted. */
const settling = 1_000;

/**
 * What the work resolves with; the signal's reason when it is aborted and the work does not heed it. Then the work is left behind: it must not be
 * able to do harm any more, and how it ends is only logged.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, log: Logger): Promise<T> {
  const settled = new AbortController();
  const ended = work.finally(() => settled.abort());
  try {
    return await Promise.race([ended, afterAbort(signal, settled.signal)]);
  } catch (error) {
    if (!settled.signal.aborted) reportWhenEnded(ended, log);
    throw error;
  }
}

function afterAbort(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = (): void => {
      void delay(settling, undefined, { signal: settled }).then(
        () => reject(signal.reason as Error),
        () => undefined, // the work has ended by itself
      );
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    settled.addEventListener('abort', () => signal.removeEventListener('abort', leave), { once: true });
  });
}

function reportWhenEnded(work: Promise<unknown>, log: Logger): void {
  log.warn({}, 'work does not heed that it was given up: it is left behind');
  work.then(
    () => log.info({}, 'work that was left behind has ended'),
    (error: unknown) => log.info({ error: messageOf(error) }, 'work that was left behind has ended'),
  );
}
