import type { GetRecordsCommandOutput, GetShardIteratorCommandInput, KinesisClient } from '@aws-sdk/client-kinesis';
import { MillraceError, parseTime, type Logger, type Page } from '@millrace/sdk';
import { isNamed, isThrottled, kinesisError, streamIdentity } from '../client/index.ts';
import type { KinesisConfig } from '../config.ts';
import { pagesOf, placeJson, shardPlaces, type ShardPlace } from '../records/index.ts';
import { Pause } from './pause.ts';
import { ShardLag } from './shard-lag.ts';

/** A shard allows five reads a second: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const shortestPause = 200;
const recordsARead = 2_000;
/** What is not throttling passes or not: after so many times in a row the engine is told. */
const mostFailures = 4;

export interface ShardReaderOptions {
  client: KinesisClient;
  stream: string;
  shard: string;
  place: ShardPlace;
  /** It was never read before, so LATEST means now. */
  isNew: boolean;
  config: KinesisConfig;
  signal: AbortSignal;
  log: Logger;
}

/** Reads one shard from its place on, one read at a time. */
export class ShardReader {
  readonly shard: string;
  /** Nothing of it is left to be read. */
  ended = false;
  readonly lag = new ShardLag();
  readonly #pause = new Pause();
  #place: ShardPlace;
  #iterator?: string;
  /** "Latest" means now, but only at the first attempt: later on it would leave out what has come since. */
  #isFresh: boolean;

  constructor(private readonly options: ShardReaderOptions) {
    this.shard = options.shard;
    this.#place = options.place;
    this.#isFresh = options.isNew;
  }

  /** When it may be read again (milliseconds since the epoch). */
  get dueAt(): number {
    return this.#pause.until;
  }

  /** A page without rows that keeps where the shard begins. What is the latest record then is asked before. */
  async beginning(): Promise<Page> {
    if (this.#place.latest !== undefined) {
      try {
        this.#iterator = await this.#newIterator();
      } catch (error) {
        this.#afterFailure(error);
      }
    }
    const page = { records: [], lane: this.shard, resume: placeJson(this.#place) };
    this.lag.handedOver(page);
    return page;
  }

  /** The next records, if there are any. Waiting is left to the caller: see `dueAt`. */
  async read(): Promise<Page[]> {
    let answer: GetRecordsCommandOutput;
    try {
      this.#iterator ??= await this.#newIterator();
      answer = await this.#records(this.#iterator);
    } catch (error) {
      this.#afterFailure(error);
      return [];
    }
    const { config } = this.options;
    const { Records: records = [], NextShardIterator, MillisBehindLatest: behind = 0 } = answer;
    this.#iterator = NextShardIterator;
    this.lag.wasRead(behind);
    this.#pause.for(records.length > 0 || behind > 0 ? shortestPause : config.pollMilliseconds);
    const pages: Page[] = [];
    for await (const page of pagesOf({ shard: this.shard, records, from: this.#place, format: config.format }))
      pages.push(page);
    this.#goOnBehind(pages.at(-1));
    if (!NextShardIterator) {
      this.ended = true;
      const { since } = this.#place;
      pages.push({ records: [], lane: this.shard, resume: placeJson({ since, ended: true }) });
    }
    for (const page of pages) this.lag.handedOver(page);
    return pages;
  }

  #goOnBehind(page: Page | undefined): void {
    if (page?.resume === undefined) return;
    this.#place = shardPlaces({ [this.shard]: page.resume }).get(this.shard) ?? this.#place;
  }

  #afterFailure(error: unknown): void {
    const { log, stream } = this.options;
    if (isNamed(error, 'ExpiredIteratorException')) {
      this.#iterator = undefined; // they live for five minutes: a slow destination outlasts them
      return;
    }
    const told = kinesisError(error, `Reading ${this.shard} of "${stream}"`);
    // A time that is still to come for a clock behind ours: it comes.
    const isEarly = this.#place.latest !== undefined && isNamed(error, 'InvalidArgumentException');
    if (!isEarly && !(told instanceof MillraceError && told.retryable)) throw told;
    const waits = this.#pause.afterFailure();
    if (!isThrottled(told) && this.#pause.failures > mostFailures) throw told;
    log.warn({ shard: this.shard, waits, error: told.message }, 'a shard could not be read; it is tried again');
  }

  async #records(iterator: string): Promise<GetRecordsCommandOutput> {
    const { client, stream, signal } = this.options;
    const { GetRecordsCommand } = await import('@aws-sdk/client-kinesis');
    const identity = stream.startsWith('arn:') ? { StreamARN: stream } : {};
    const command = new GetRecordsCommand({ ShardIterator: iterator, Limit: recordsARead, ...identity });
    return client.send(command, { abortSignal: signal });
  }

  async #newIterator(): Promise<string> {
    const { client, stream, signal } = this.options;
    const { GetShardIteratorCommand } = await import('@aws-sdk/client-kinesis');
    const command = new GetShardIteratorCommand({ ...streamIdentity(stream), ShardId: this.shard, ...this.#from() });
    this.#isFresh = false;
    const { ShardIterator = '' } = await client.send(command, { abortSignal: signal });
    return ShardIterator;
  }

  #from(): Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber' | 'Timestamp'> {
    const { sequenceNumber, subSequenceNumber, since, latest } = this.#place;
    if (sequenceNumber !== undefined) {
      // Of an aggregated record that was read in part, the rest is still wanted.
      const type = subSequenceNumber === undefined ? 'AFTER_SEQUENCE_NUMBER' : 'AT_SEQUENCE_NUMBER';
      return { ShardIteratorType: type, StartingSequenceNumber: sequenceNumber };
    }
    if (latest !== undefined && this.#isFresh) return { ShardIteratorType: 'LATEST' };
    const time = latest ?? since;
    if (time === undefined) return { ShardIteratorType: 'TRIM_HORIZON' };
    return { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(parseTime(time)) };
  }
}
