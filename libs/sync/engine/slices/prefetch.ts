import { messageOf, type Logger } from '@millrace/sdk';

/**
 * Reads one element ahead, so that the next page is fetched while this one is written. Stops at once when the signal aborts, even if the source
 * does not; ends the source's generator when the consumer stops.
 */
export async function* prefetch<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
  log: Logger,
): AsyncGenerator<T, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  let next = settled(iterator.next());
  let ended = false;
  try {
    for (;;) {
      const result = await orAborted(next, signal);
      if (!result.ok) {
        ended = !signal.aborted;
        throw result.error;
      }
      if (result.value.done) {
        ended = true;
        return;
      }
      next = settled(iterator.next());
      yield result.value.value;
    }
  } finally {
    if (!ended) {
      // A generator cannot be returned while it runs: after its pending step. A source that hangs is left behind, not waited for.
      const closing = next
        .then(() => iterator.return?.())
        .catch((error: unknown) => {
          log.warn({ error: messageOf(error) }, 'the source did not close properly');
        });
      await orAborted(settled(closing), signal);
    }
  }
}

type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown };

// A page that fails while the former one is still being written must not become an unhandled rejection.
function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ ok: true as const, value }),
    (error: unknown) => ({ ok: false as const, error }),
  );
}

/** Whatever comes first. Listens only while it waits: racing with one promise for the whole read would keep every page alive. */
function orAborted<T>(promise: Promise<Settled<T>>, signal: AbortSignal): Promise<Settled<T>> {
  return new Promise((resolve) => {
    const stop = (): void => resolve({ ok: false, error: signal.reason });
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then((result) => {
      signal.removeEventListener('abort', stop);
      resolve(result);
    });
  });
}
