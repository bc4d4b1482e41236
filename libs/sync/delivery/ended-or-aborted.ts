/** Resolves when all work has ended, well or not; at once when the signal aborts. */
export async function endedOrAborted(work: Iterable<Promise<unknown>>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: stop.signal }),
  );
  await Promise.race([Promise.allSettled(work), aborted]);
  stop.abort();
}
