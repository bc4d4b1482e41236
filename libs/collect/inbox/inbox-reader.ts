import { Injectable } from '@nestjs/common';
import type { LaneLag } from '@millrace/sdk';
import { Settings } from '#platform';
import { Arrivals } from './arrivals.ts';
import type { InboxItem } from './inbox-item.schema.ts';
import { InboxStore } from './inbox-store.ts';
import { laneTimes } from './lane-times.ts';

const pageItems = 1_000;
const pageBytes = 4_000_000;
/** Milliseconds after which a reader looks although nobody has told it of arrivals. */
const lookEvery = 1_000;
/** Of one source, so many that wait are counted. */
const mostCounted = 10_000;

export type ReadItem = Pick<InboxItem, '_id' | 'source' | 'seq' | 'receivedAt' | 'json' | 'fault'>;

/** Items of a lane in their order. Without any: the lane is over, and everything in it has expired. */
export interface InboxPage {
  lane: string;
  items: ReadItem[];
}

export interface ReadingOptions {
  /** By lane, the number of the last item that is not wanted any more. */
  after: Record<string, number>;
  isMine: (lane: string) => boolean;
  /** Only what this source has sent (default: all). Needs an index. */
  source?: string;
  signal: AbortSignal;
}

interface WantedItems {
  lane: string;
  source?: string;
  seq: { $gt: number };
}

type WaitingEnd = Pick<InboxItem, 'seq' | 'receivedAt'>;

interface ReadableLane {
  id: string;
  /** Nothing turns up any more below this number. */
  upTo: number;
}

type LaneReading = Pick<ReadingOptions, 'source' | 'signal'> & Pick<ReadableLane, 'upTo'>;

const read = { source: 1, seq: 1, receivedAt: 1, json: 1, fault: 1 } as const;

/** Follows the inbox: what is there already, then what arrives, within moments. */
@Injectable()
export class InboxReader {
  readonly #silence: number;

  constructor(
    private readonly store: InboxStore,
    private readonly arrivals: Arrivals,
    settings: Settings,
  ) {
    this.#silence = laneTimes(settings).silence;
  }

  /** Ends by throwing what the signal says. */
  async *follow({ after, isMine, source, signal }: ReadingOptions): AsyncGenerator<InboxPage, never, void> {
    const places = new Map(Object.entries(after).filter(([lane]) => isMine(lane)));
    const finished = new Set<string>();
    for (;;) {
      const { count } = this.arrivals;
      const lanes = (await this.#lanes()).filter(({ id }) => isMine(id));
      yield* this.#over(lanes, places);
      for (const { id, upTo } of lanes) {
        if (upTo < Infinity) finished.delete(id);
        if (finished.has(id) || upTo <= (places.get(id) ?? 0)) continue;
        yield* this.#pagesOf(id, places, { upTo, source, signal });
        if (upTo === Infinity) finished.add(id);
      }
      signal.throwIfAborted();
      await this.arrivals.after(count, lookEvery, signal);
    }
  }

  /** What each lane has beyond the number in `after`. */
  async lag({ after, isMine, source }: Omit<ReadingOptions, 'signal'>): Promise<Record<string, LaneLag>> {
    const lanes = await this.store.lanes.find({}, { projection: { _id: 1 } }).toArray();
    const lags: Record<string, LaneLag> = {};
    for (const { _id: lane } of lanes.filter(({ _id }) => isMine(_id))) {
      const wanted = { lane, ...(source !== undefined && { source }), seq: { $gt: after[lane] ?? 0 } };
      const first = await this.#end(wanted, 1);
      lags[lane] = {
        records: first ? await this.#count(wanted, first) : 0,
        seconds: first ? Math.max(0, Date.now() - first.receivedAt.getTime()) / 1_000 : 0,
      };
    }
    return lags;
  }

  /** Numbers follow each other, so those of all sources need not be counted: what was erased between is among them. */
  async #count(wanted: WantedItems, first: WaitingEnd): Promise<number> {
    if (wanted.source !== undefined) return this.store.items.countDocuments(wanted, { limit: mostCounted });
    const last = await this.#end(wanted, -1);
    return last ? last.seq - first.seq + 1 : 0;
  }

  #end(filter: WantedItems, order: 1 | -1): Promise<WaitingEnd | null> {
    const projection = { seq: 1, receivedAt: 1 };
    return this.store.items.findOne<WaitingEnd>(filter, { projection, sort: { seq: order } });
  }

  async *#pagesOf(lane: string, places: Map<string, number>, { upTo, source, signal }: LaneReading) {
    for (;;) {
      signal.throwIfAborted();
      const items = await this.#next({ lane, ...(source !== undefined && { source }) }, places.get(lane) ?? 0, upTo);
      const last = items.at(-1);
      if (!last) return;
      places.set(lane, last.seq);
      yield { lane, items };
      if (last.seq >= upTo) return;
    }
  }

  async #next(from: { lane: string; source?: string }, after: number, upTo: number): Promise<ReadItem[]> {
    const items: ReadItem[] = [];
    let bytes = 0;
    const cursor = this.store.items.find<ReadItem>(
      { ...from, seq: { $gt: after, ...(upTo < Infinity && { $lte: upTo }) } },
      { projection: read, sort: { seq: 1 }, limit: pageItems, batchSize: 500 },
    );
    for await (const item of cursor) {
      items.push(item);
      bytes += item.json.length;
      if (bytes > pageBytes) break;
    }
    return items;
  }

  /** A lane whose writer was silent for long is as it is: nothing comes to it. */
  async #lanes(): Promise<ReadableLane[]> {
    const silent = { $gt: [{ $subtract: ['$$NOW', '$seenAt'] }, this.#silence] };
    const found = await this.store.lanes
      .aggregate<{ _id: string; confirmed: number; silent: boolean }>([
        { $sort: { _id: 1 } },
        { $project: { confirmed: 1, silent } },
      ])
      .toArray();
    return Promise.all(
      found.map(async ({ _id: id, confirmed, silent }) => ({
        id,
        upTo: silent ? Infinity : Math.max(confirmed, await this.#durableIn(id)),
      })),
    );
  }

  /** What the newest item tells of those before it: while groups follow each other, nobody confirms them. */
  async #durableIn(lane: string): Promise<number> {
    const newest = { projection: { durable: 1 }, sort: { seq: -1 } } as const;
    return (await this.store.items.findOne<Pick<InboxItem, 'durable'>>({ lane }, newest))?.durable ?? 0;
  }

  *#over(lanes: ReadableLane[], places: Map<string, number>): Generator<InboxPage> {
    const known = new Set(lanes.map(({ id }) => id));
    for (const lane of places.keys()) {
      if (known.has(lane)) continue;
      places.delete(lane);
      yield { lane, items: [] };
    }
  }
}
