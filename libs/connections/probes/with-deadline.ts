import { MillraceError } from '@millrace/sdk';

/**
 * Gives up on work that takes too long, also when it does not heed the signal of `stop`.
 *
 * @param what for the message: `The check`
 * @throws `timeout`, which is also the reason of the signal
 */
export async function withDeadline<T>(
  what: string,
  ms: number,
  stop: AbortController,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new MillraceError(
        'timeout',
        `${what} took longer than ${ms / 1000} s. Check the address, and that the other side is not overloaded.`,
      );
      reject(late);
      stop.abort(late);
    }, ms);
  });
  try {
    return await Promise.race([work(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Likewise for work that brings no `stop` of its own: it is given the signal. */
export function within<T>(what: string, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  return withDeadline(what, ms, stop, () => work(stop.signal));
}
