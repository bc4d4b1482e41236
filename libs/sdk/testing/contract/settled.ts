import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../../index.ts';
import { fault } from './fault.ts';

const longestPause = 1_000;

/**
 * The outcomes, with those that were pending as `poll` tells them in the end, as the engine asks: again and again, and only for what is still open. Whoever
 * answers from a fixture is asked without delay; the pauses grow for what takes its time.
 */
export async function settled(
  what: string,
  outcomes: Outcome[],
  { poll, milliseconds }: { poll: (tokens: string[]) => Promise<Outcome[]>; milliseconds: number },
): Promise<Outcome[]> {
  const found = [...outcomes];
  const end = performance.now() + milliseconds;
  for (let round = 0; ; round++) {
    const open = found.flatMap((outcome, index) => (outcome.status === 'pending' ? [{ index, outcome }] : []));
    if (open.length === 0) return found;
    if (performance.now() > end) {
      throw fault(
        `${what}: ${open.length} of ${found.length} rows are still pending after ${round} polls in ${milliseconds / 1000} s. Let poll() answer ok() or rejected(…) once the other side has done them.`,
      );
    }
    if (round > 0) await pause(Math.min(2 ** round, longestPause));
    const answers = await poll(open.map(({ outcome }) => outcome.token));
    for (const [place, { index }] of open.entries()) found[index] = answers[place] as Outcome;
  }
}
