/** A subscriber of an endless stream that a process has. */
export interface HeldSubscriber {
  /** Its slice. */
  _id: string;
  run: string;
  worker: string;
}

/**
 * The subscriber that the worker should have instead of its holder; undefined: everybody has a fair share, as far as this worker is concerned.
 *
 * Subscribers of one run are spread first: one is taken from a holder that has at least two more of the run, or one more of the run and two more in
 * all. The first makes the sum of squares of what workers have of each run smaller, the second leaves it and makes that of what they have in all
 * smaller. So whoever takes one after the other comes to an end, and nothing goes to and fro.
 * @param had slices that the worker does not ask for
 */
export function subscriberToTake(
  worker: string,
  held: HeldSubscriber[],
  had: Pick<ReadonlySet<string>, 'has'>,
): HeldSubscriber | undefined {
  const counts = new Map<string, number>();
  for (const { run, worker: holder } of held)
    for (const what of [holder, shareOf(holder, run)]) counts.set(what, (counts.get(what) ?? 0) + 1);
  const count = (what: string): number => counts.get(what) ?? 0;
  return held
    .filter(({ _id, worker: holder }) => holder !== worker && !had.has(_id))
    .map((subscriber) => ({
      subscriber,
      ofRun: count(shareOf(subscriber.worker, subscriber.run)) - count(shareOf(worker, subscriber.run)),
      inAll: count(subscriber.worker) - count(worker),
    }))
    .filter(({ ofRun, inAll }) => ofRun >= 2 || (ofRun === 1 && inAll >= 2))
    .toSorted((a, b) => b.ofRun - a.ofRun || b.inAll - a.inAll)[0]?.subscriber;
}

function shareOf(worker: string, run: string): string {
  return JSON.stringify([worker, run]);
}
