import { asProblem, type ApiProblem } from './api-problem.ts';
import { pause } from './pause.ts';

/** Milliseconds until a server that cannot be reached is asked again. */
const rest = 3_000;

/**
 * Reads again and again while the server cannot be reached; only for what changes nothing.
 *
 * @param signal ends the waiting
 * @param onWait hears why each attempt failed
 */
export async function patiently<T>(
  read: () => Promise<T>,
  signal: AbortSignal,
  onWait: (problem: ApiProblem) => void = () => undefined,
): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (signal.aborted || !mayPass(problem)) throw thrown;
      onWait(problem);
      await pause(rest, signal);
    }
  }
}

/** Nothing answered; or a proxy did, or a server that is just being started. */
export function mayPass({ status }: ApiProblem): boolean {
  return status === 0 || (status >= 502 && status <= 504);
}
