import type { Log } from '#platform';
import type { Collections } from '../collections.ts';
import type { Patience } from '../engine/timing.ts';
import type { WantedSubscriber } from '../runs/run.schema.ts';
import { subscriberToTake, type HeldSubscriber } from './fair-share.ts';
import type { Lane } from './lane.ts';
import type { SliceJob } from './work-queues.ts';

export interface SpreadingOptions {
  collections: Collections;
  /** This process, by the name that it has in slices. */
  worker: string;
  /** Its places for subscribers. */
  places: Lane<SliceJob>;
  patience: Pick<Patience, 'lease'>;
  log: Log;
  onError: (error: unknown) => void;
}

/** Milliseconds that a holder has at least to end its turn: a page may be on its way, and its source wants to say goodbye. */
const askedFor = 10_000;

/**
 * Subscribers of endless streams stay where they are for as long as their run lasts. So a process that came later, or was restarted, asks for one that
 * another has too many of, and once more until it has its share. Only one of a run is asked for at a time; its holder ends its turn at the border of a page and
 * promises it to whoever asked. A slice is asked for once by a process: where it fails here, it does not come back again and again.
 */
export class Spreading {
  /** Since when somebody else has had too many. */
  #since?: Date;
  #asked?: WantedSubscriber & { run: string };
  /** Slices that it was given, with their runs. */
  #had = new Map<string, string>();
  #lookedAt = 0;
  readonly #lookEvery: number;
  /** Processes that start together are given their subscribers one after the other: what lasts longer than this is no beginning. */
  readonly #settled: number;

  constructor(private readonly options: SpreadingOptions) {
    const { lease } = options.patience;
    this.#lookEvery = lease / 6;
    this.#settled = lease / 3;
  }

  async sweep(now: Date): Promise<void> {
    if (this.#asked) return this.#take(this.#asked, now);
    if (now.getTime() - this.#lookedAt < this.#lookEvery) return;
    this.#lookedAt = now.getTime();
    const wanted = this.options.places.isFree ? await this.#missing(now) : undefined;
    if (!wanted) this.#since = undefined;
    else if (now.getTime() - (this.#since ??= now).getTime() >= this.#settled) await this.#ask(wanted, now);
  }

  async #missing(now: Date): Promise<HeldSubscriber | undefined> {
    const { worker, collections } = this.options;
    const runs = await collections.runs
      .find(
        { active: true, 'plan.read': 'stream', state: 'running', closing: { $ne: true }, paused: { $ne: true } },
        { projection: { wanted: 1 } },
      )
      .toArray();
    if (runs.length === 0 || runs.some(({ wanted }) => wanted && wanted.until > now)) return undefined; // one after the other
    const slices = await collections.slices
      .find(
        {
          run: { $in: runs.map(({ _id }) => _id) },
          state: 'working',
          origin: 'subscription',
          leaseUntil: { $gt: now },
        },
        { projection: { run: 1, worker: 1 } },
      )
      .toArray();
    const held = slices.map(({ _id, run, worker: holder = '' }) => ({ _id, run, worker: holder }));
    this.#had = new Map([...this.#had].filter(([, run]) => runs.some(({ _id }) => _id === run)));
    return subscriberToTake(worker, held, this.#had);
  }

  async #ask({ _id: slice, run, worker: holder }: HeldSubscriber, now: Date): Promise<void> {
    const { worker, collections, patience, log } = this.options;
    const wanted = { slice, by: worker, until: new Date(now.getTime() + Math.max(patience.lease, askedFor)) };
    const { modifiedCount } = await collections.runs.updateOne(
      { _id: run, active: true, 'wanted.until': { $not: { $gt: now } } },
      { $set: { wanted } },
    );
    if (modifiedCount === 0) return; // somebody else asks
    this.#asked = { ...wanted, run };
    log.info({ slice, holder }, 'another process has more subscribers than this one: asking it for one');
  }

  async #take(asked: WantedSubscriber & { run: string }, now: Date): Promise<void> {
    const { worker, collections, places, onError } = this.options;
    const { slice, run, until } = asked;
    const promised = { _id: slice, state: 'pending' as const, promisedTo: worker };
    const isPromised = (await collections.slices.findOne(promised, { projection: { _id: 1 } })) !== null;
    if (!isPromised && until > now) return;
    this.#asked = undefined;
    await collections.runs.updateOne(
      { _id: run, 'wanted.by': worker, 'wanted.slice': slice },
      { $unset: { wanted: '' } },
    );
    if (!isPromised) return; // its holder is gone, or writes a long page; the next look tells
    this.#had.set(slice, run);
    const jobs = [{ slice }];
    places.takeFrom(() => jobs.shift(), onError);
  }
}
