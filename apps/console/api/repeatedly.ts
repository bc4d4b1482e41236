import { pause } from './pause.ts';

/** The longest rest for the sake of a slow server, in milliseconds: a look may also have waited for one that was away. */
const longest = 15_000;

/**
 * Looks, rests, and looks again while somebody sees the page, until `look` says that it is over. A server that is slow to answer is asked
 * less often.
 *
 * @param every milliseconds of rest
 */
export async function repeatedly(look: () => Promise<boolean>, every: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    if (await look()) return;
    await pause(Math.max(every, Math.min(3 * (performance.now() - began), longest)), signal);
    await untilSeen(signal);
  }
}

/** Resolves at once, or when the tab is looked at again. */
function untilSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      document.removeEventListener('visibilitychange', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    document.addEventListener('visibilitychange', end);
    signal.addEventListener('abort', end);
    end();
  });
}
