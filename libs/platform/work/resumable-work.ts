import type { mongo } from 'mongoose';
import { newId } from '../ids/index.ts';

/** The state of long work, one document: what is done of it, and who does it. */
export interface ResumableWork {
  _id: string;
  /** The claim: whose it is, and until when. */
  holder?: string;
  until?: Date;
  /** Set by the last step, or by whoever calls the work off. */
  endedAt?: Date;
}

export interface CarryOnOptions {
  /** Stops behind the step that is under way. */
  signal?: AbortSignal;
  /** Milliseconds after which another process takes over from one that is silent; a step has to be shorter (default 60,000). */
  term?: number;
}

/** `held`: another process is at it; `ended`: it is over (or was called off); `lost`: another process took over; `stopped`: by the signal. */
export type WorkEnd = 'ended' | 'held' | 'lost' | 'stopped';

/**
 * Does long work step by step, whatever dies meanwhile. A process claims the work's document; what a step gives is one update of that document,
 * which filters on the claim. So a step may be done twice after a crash, but is counted once: steps have to be repeatable. What a step throws is
 * thrown on, and the claim given up.
 */
export async function carryOn<T extends ResumableWork>(
  collection: mongo.Collection<T>,
  id: string,
  step: (work: T) => Promise<Partial<T>>,
  { signal, term = 60_000 }: CarryOnOptions = {},
): Promise<WorkEnd> {
  const holder = newId('wrk');
  let work = await claim(collection, id, holder, term);
  if (!work)
    return (await collection.findOne({ _id: id, endedAt: { $exists: false } } as Filter<T>)) ? 'held' : 'ended';
  try {
    while (work.endedAt === undefined) {
      if (signal?.aborted) return 'stopped';
      const changes: Partial<T> = { ...(await step(work)), until: new Date(Date.now() + term) };
      const saved = await save(collection, id, holder, changes);
      if (!saved) return 'lost';
      work = saved;
    }
    return 'ended';
  } finally {
    await release(collection, id, holder);
  }
}

type Filter<T> = mongo.Filter<T>;
type Update<T> = mongo.UpdateFilter<T>;

async function claim<T extends ResumableWork>(
  collection: mongo.Collection<T>,
  id: string,
  holder: string,
  term: number,
): Promise<T | null> {
  const now = Date.now();
  const free = { $or: [{ until: { $exists: false } }, { until: { $lte: new Date(now) } }] };
  const filter = { _id: id, endedAt: { $exists: false }, ...free };
  const update = { $set: { holder, until: new Date(now + term) } };
  return (await collection.findOneAndUpdate(filter as unknown as Filter<T>, update as unknown as Update<T>, {
    returnDocument: 'after',
  })) as T | null;
}

async function save<T extends ResumableWork>(
  collection: mongo.Collection<T>,
  id: string,
  holder: string,
  changes: Partial<T>,
): Promise<T | null> {
  const filter = { _id: id, holder, endedAt: { $exists: false } };
  return (await collection.findOneAndUpdate(
    filter as unknown as Filter<T>,
    { $set: changes },
    {
      returnDocument: 'after',
    },
  )) as T | null;
}

async function release<T extends ResumableWork>(
  collection: mongo.Collection<T>,
  id: string,
  holder: string,
): Promise<void> {
  const filter = { _id: id, holder } as unknown as Filter<T>;
  await collection.updateOne(filter, { $unset: { holder: '', until: '' } } as unknown as Update<T>);
}
