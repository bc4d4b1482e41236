import type { AxiosResponse } from 'axios';
import { setTimeout as wait } from 'node:timers/promises';

const mostRepeats = 4;
const defaultPauseMs = 1_000;
const longestPauseMs = 60_000;

/** The answer of a server that may ask to wait (429, 503 with `Retry-After` in seconds): asked again up to four times, as `ctx.http` does. */
export async function whenReady<T>(
  send: () => Promise<AxiosResponse<T>>,
  signal?: AbortSignal,
): Promise<AxiosResponse<T>> {
  for (let repeat = 0; ; repeat++) {
    const answer = await send();
    const pause = pauseAskedBy(answer);
    if (pause === undefined || pause > longestPauseMs || repeat === mostRepeats) return answer;
    await wait(pause, undefined, { signal });
  }
}

function pauseAskedBy({ status, headers }: AxiosResponse): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const seconds = Number(headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : defaultPauseMs;
}
