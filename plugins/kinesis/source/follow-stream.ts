import { setTimeout as delay } from 'node:timers/promises';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { MillraceError, type LaneLag, type Page, type SubscribeContext } from '@millrace/sdk';
import { isThrottled, openClient } from '../client/index.ts';
import type { KinesisConfig } from '../config.ts';
import { shardPlaces } from '../records/index.ts';
import { lineage, type Lineage } from './lineage.ts';
import { Pause } from './pause.ts';
import { ShardReader } from './shard-reader.ts';
import { listShards } from './shards.ts';

/** Milliseconds between two looks for new shards. */
const lookEvery = 5_000;
/** Likewise, while a shard waits for its parents. */
const lookForParents = 1_000;
/** An answer may have 10 MB: so many are held at a time. */
const readsAtOnce = 4;
const mostFailures = 4;

const followers = new WeakMap<object, StreamFollower>();

/** A page of the shard has arrived. */
export function pageArrived(ctx: SubscribeContext<KinesisConfig>, shard: string): void {
  followers.get(ctx)?.arrived(shard);
}

/** How far the shards are behind that this subscriber reads; undefined: not all were read yet. */
export function lagsOf(ctx: SubscribeContext<KinesisConfig>): Record<string, LaneLag> | undefined {
  return followers.get(ctx)?.lags();
}

/** Follows a stream's shards as one of its subscribers, until the signal ends it. */
export async function* followStream(ctx: SubscribeContext<KinesisConfig>, stream: string): AsyncGenerator<Page> {
  const client = await openClient(ctx, 1);
  const follower = new StreamFollower(ctx, stream, client);
  followers.set(ctx, follower);
  try {
    yield* follower.pages();
  } finally {
    client.destroy();
  }
}

class StreamFollower {
  readonly #readers = new Map<string, ShardReader>();
  /** Read to their end just now: that may not be kept yet. */
  readonly #ended = new Set<string>();
  readonly #look = new Pause();
  #hasLooked = false;

  constructor(
    private readonly ctx: SubscribeContext<KinesisConfig>,
    private readonly stream: string,
    private readonly client: KinesisClient,
  ) {}

  async *pages(): AsyncGenerator<Page> {
    const { signal } = this.ctx;
    while (!signal.aborted) {
      if (this.#look.until <= Date.now()) yield* await this.#lookForShards();
      const due = this.#due();
      for (const pages of await Promise.all(due.map((reader) => reader.read()))) yield* pages;
      for (const { shard } of due.filter(({ ended }) => ended)) this.#end(shard);
      if (due.length === 0) await this.#untilDue();
    }
  }

  arrived(shard: string): void {
    this.#readers.get(shard)?.lag.arrived();
  }

  lags(): Record<string, LaneLag> | undefined {
    if (!this.#hasLooked) return undefined;
    const lags: Record<string, LaneLag> = {};
    for (const [shard, { lag }] of this.#readers) {
      const known = lag.of();
      if (!known) return undefined;
      lags[shard] = known;
    }
    return lags;
  }

  /** Those that have waited longest come first, so that none starves. */
  #due(): ShardReader[] {
    const now = Date.now();
    const due = [...this.#readers.values()].filter(({ dueAt }) => dueAt <= now);
    return due.sort((a, b) => a.dueAt - b.dueAt).slice(0, readsAtOnce);
  }

  #end(shard: string): void {
    this.#readers.delete(shard);
    this.#ended.add(shard);
    this.#look.for(0); // its children may begin
  }

  async #untilDue(): Promise<void> {
    const { signal } = this.ctx;
    const next = Math.min(this.#look.until, ...[...this.#readers.values()].map(({ dueAt }) => dueAt));
    await delay(Math.max(1, next - Date.now()), undefined, { signal }).catch(() => undefined); // aborted: the loop ends
  }

  /** Begins shards, and gives the pages without rows that say so. */
  async #lookForShards(): Promise<Page[]> {
    const found = await this.#lineage();
    if (!found) return [];
    this.#hasLooked = true;
    this.#look.for(found.waiting.length > 0 ? lookForParents : lookEvery);
    const idle = (shard: string): boolean => !this.#readers.has(shard) && !this.#ended.has(shard);
    const begun = await Promise.all(found.open.filter(({ shard }) => idle(shard)).map((shard) => this.#begin(shard)));
    const gone = found.gone.filter(({ shard }) => idle(shard));
    for (const { shard } of gone.filter(({ lost }) => lost)) {
      const told = 'a shard was dropped by Kinesis before it was read to its end: lengthen the retention of the stream';
      this.ctx.log.warn({ stream: this.stream, shard }, told);
    }
    return [...begun.flat(), ...gone.map(({ shard }) => ({ records: [], lane: shard, resume: null }))];
  }

  async #lineage(): Promise<Lineage | undefined> {
    const { config, consumer, signal } = this.ctx;
    const { start, startAt } = config;
    try {
      const shards = await listShards(this.client, this.stream, signal);
      const places = shardPlaces(await this.ctx.places());
      return lineage({ shards, places, consumer, start, startAt, now: new Date() });
    } catch (error) {
      if (!(error instanceof MillraceError) || !error.retryable) throw error;
      const waits = this.#look.afterFailure();
      if (!isThrottled(error) && this.#look.failures > mostFailures) throw error;
      this.ctx.log.warn({ stream: this.stream, waits, code: error.code }, 'shards could not be listed; tried again');
      return undefined;
    }
  }

  async #begin({ shard, place, isNew }: Lineage['open'][number]): Promise<Page[]> {
    const { client, stream } = this;
    const { config, signal, log } = this.ctx;
    const reader = new ShardReader({ client, stream, shard, place, isNew, config, signal, log });
    this.#readers.set(shard, reader);
    return isNew ? [await reader.beginning()] : [];
  }
}
