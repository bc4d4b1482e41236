import { setTimeout as delay } from 'node:timers/promises';
import { batchOf } from './messages.ts';
import type { Sender } from './sender.ts';

const batch = 100;
const probeEvery = 100;
const patience = 60_000;

/** What goes on meanwhile. */
export interface Load {
  sender: Sender;
  /** Events a second, besides the probes. */
  rate: number;
  seconds: number;
}

/** Sends one probe; gives its name once it was answered with 200. */
export type SendProbe = () => Promise<string>;

/**
 * Milliseconds from a 200 to what came of it, for a probe every tenth of a second while events come at a steady rate; sorted.
 * @param seenAt when, by the name of the probe; others fill it
 */
export async function probe(
  { sender, rate, seconds }: Load,
  sendProbe: SendProbe,
  seenAt: ReadonlyMap<string, number>,
): Promise<number[]> {
  const answeredAt = new Map<string, number>();
  const end = performance.now() + seconds * 1_000;
  const load = every((batch / rate) * 1_000, end, (n) => sender.post('/v1/batch', batchOf(batch, n * batch)));
  const probes = every(probeEvery, end, async () => {
    const name = await sendProbe();
    answeredAt.set(name, performance.now());
  });
  await Promise.all([load, probes]);
  const latest = performance.now() + patience;
  while (seenAt.size < answeredAt.size && performance.now() < latest) await delay(50);
  return [...answeredAt].map(([name, at]) => Math.max(0, (seenAt.get(name) ?? Infinity) - at)).sort((a, b) => a - b);
}

/** Starts work at a steady pace, whether the former has ended or not; rejects when one fails. */
async function every(milliseconds: number, end: number, work: (n: number) => Promise<void>): Promise<void> {
  const under = new Set<Promise<void>>();
  let failure: unknown;
  let due = performance.now();
  for (let n = 0; due < end && failure === undefined; n++) {
    const one = work(n)
      .catch((error: unknown) => (failure ??= error))
      .then(() => void under.delete(one));
    under.add(one);
    due += milliseconds;
    await delay(Math.max(0, due - performance.now()));
  }
  await Promise.all(under);
  if (failure !== undefined) throw new Error('A request failed.', { cause: failure });
}
