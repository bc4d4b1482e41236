import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { MillraceError, messageOf, type Json, type LaneLag, type SubscribeContext } from '@millrace/sdk';
import type { KafkaClient } from '../client/open-client.ts';
import type { KafkaConfig } from '../config.ts';
import { registryOf } from '../registry/registry.ts';
import { Handover } from './handover.ts';
import { Heartbeats } from './heartbeats.ts';
import { HeldLane } from './held-lane.ts';
import { lagsOf } from './lane-lags.ts';
import { lastMessage } from './last-message.ts';
import { Offsets } from './offsets.ts';
import { OffsetCommits } from './offset-commits.ts';
import { pagesOf, type LanePage } from './pages-of.ts';
import { partitionOf, placeIn, resumeOf, type Place } from './place.ts';
import { messageReader, type MessageReader } from './read-message.ts';
import { startOf } from './start-of.ts';
import { untilStopped } from '../client/until-stopped.ts';

/** Milliseconds that a broker may wait for messages; also how long ending takes. */
const fetchWaitMs = 500;
const heartbeatMs = 2_000;
const sessionMs = 10_000;
const partitionBytes = 1_048_576;

/**
 * One subscriber of a topic, as a member of a consumer group. The group says which partitions it has; where they go on, the engine says.
 * All partitions are paused when they are given to it, and read once they are claimed.
 */
export class Subscription {
  readonly #topic: string;
  readonly #consumer: Consumer;
  readonly #admin: Admin;
  readonly #commits: OffsetCommits;
  readonly #read: MessageReader;
  readonly #pages = new Handover<LanePage>();
  readonly #lanes = new Map<number, HeldLane>();
  /** How many partitions the topic had when the sync last looked; absent: it never has. */
  #partitionsBefore?: number;
  #offsets: Offsets;
  #joinedOnce = false;

  constructor(
    private readonly ctx: SubscribeContext<KafkaConfig>,
    private readonly client: KafkaClient,
  ) {
    const { config, consumer, stream, lanes, log } = ctx;
    this.#topic = stream.name;
    this.#consumer = client.kafka.consumer({
      groupId: config.groupPrefix + consumer.group,
      sessionTimeout: sessionMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytes: config.fetchBytes,
      maxBytesPerPartition: Math.min(partitionBytes, config.fetchBytes),
      metadataMaxAge: 60_000, // partitions that are added are noticed
      allowAutoTopicCreation: false, // a topic that somebody removed stays so
    });
    this.#admin = client.kafka.admin();
    this.#commits = new OffsetCommits(this.#consumer, this.#topic, log);
    this.#offsets = this.#newOffsets();
    const { keys, values } = config;
    this.#read = messageReader({ topic: this.#topic, key: stream.key, keys, values, registry: registryOf(ctx) });
    const counts = Object.values(lanes).flatMap((resume) => placeIn(resume)?.partitions ?? []);
    if (counts.length > 0) this.#partitionsBefore = Math.max(...counts);
  }

  async *pages(): AsyncGenerator<LanePage, void, void> {
    const { signal } = this.ctx;
    const end = (): void => this.#pages.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      await this.#start();
      for await (const page of this.#pages.items()) {
        this.#lanes.get(partitionOf(page.lane))?.handedOver();
        yield page;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.client.error(error);
    } finally {
      signal.removeEventListener('abort', end);
      await this.#stop();
    }
  }

  /** The rows are durable. Throws `lane_lost` when the broker has given the lane away meanwhile. */
  commit(lane: string, resume: Json): void {
    const partition = partitionOf(lane);
    const held = this.#lanes.get(partition);
    held?.settle();
    if (!held?.assigned || held.revoked)
      throw new MillraceError('lane_lost', `Lane "${lane}" was given to another subscriber.`);
    const place = placeIn(resume);
    if (!place) return;
    held.durableUpTo(place);
    this.#commits.note(partition, place.offset);
  }

  /** Of the lanes that it has; undefined: the group has not given them out yet, or they are being claimed. */
  async lag(): Promise<Record<string, LaneLag> | undefined> {
    if (!this.#joinedOnce) return undefined;
    const lanes = [...this.#lanes.values()].filter(({ assigned }) => assigned);
    const ends = await this.#newOffsets().all();
    return lagsOf(lanes, ends, Date.now());
  }

  /**
   * The engine found another subscriber in the lane. Either the group has not told this one yet, or the other one is late to learn that it has lost
   * the lane: the next heartbeat tells.
   */
  revoke(lane: string): void {
    const held = this.#lanes.get(partitionOf(lane));
    if (!held) return;
    this.#void(held);
    held.abandon();
    if (!held.assigned) return;
    held.revoked = true;
    this.#consumer.pause([{ topic: this.#topic, partitions: [held.partition] }]);
  }

  async #start(): Promise<void> {
    const consumer = this.#consumer;
    const { GROUP_JOIN, HEARTBEAT, CRASH, END_BATCH_PROCESS } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment[this.#topic] ?? []));
    consumer.on(HEARTBEAT, () => this.#reclaim());
    consumer.on(END_BATCH_PROCESS, ({ payload: { batchSize, partition, lastOffset } }) => {
      if (batchSize === 0) this.#lanes.get(partition)?.nothingBefore(Number(lastOffset) + 1);
    });
    consumer.on(CRASH, ({ payload }) => this.#pages.fail(payload.error));
    await this.#admin.connect();
    await consumer.connect();
    await consumer.subscribe({ topic: this.#topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#take(payload),
    });
  }

  async #stop(): Promise<void> {
    this.#pages.end();
    const stopping = async (): Promise<void> => {
      await this.#commits.flush();
      await this.#consumer.disconnect();
      await this.#admin.disconnect();
    };
    await untilStopped(stopping(), (error) =>
      this.ctx.log.info({ topic: this.#topic, error: messageOf(error) }, 'the consumer did not end in good order'),
    );
    this.client.close();
  }

  /** The group has shared the partitions out anew. */
  #joined(partitions: number[]): void {
    if (partitions.length > 0) this.#consumer.pause([{ topic: this.#topic, partitions }]);
    this.#joinedOnce = true;
    this.#offsets = this.#newOffsets();
    for (const held of this.#lanes.values()) {
      this.#void(held);
      held.assigned = partitions.includes(held.partition);
      if (!held.assigned) this.#commits.forget(held.partition);
    }
    for (const partition of partitions) {
      const held = this.#lanes.get(partition) ?? new HeldLane(this.#topic, partition);
      this.#lanes.set(partition, held);
      held.assigned = true;
      this.#claim(held);
    }
  }

  /** The group still says that they are this subscriber's. */
  #reclaim(): void {
    const revoked = [...this.#lanes.values()].filter((held) => held.assigned && held.revoked);
    if (revoked.length === 0) return;
    this.#offsets = this.#newOffsets();
    for (const held of revoked) this.#claim(held);
  }

  /** What was read of the lane, and not handed over, is void. */
  #void(held: HeldLane): void {
    held.claim++;
    held.forget();
    this.#withdraw(held);
  }

  #withdraw({ name }: HeldLane): void {
    this.#pages.withdraw(({ lane }) => lane === name);
  }

  #claim(held: HeldLane): void {
    held.revoked = false;
    const claim = ++held.claim;
    this.#claimed(held, () => held.claim === claim).catch((error: unknown) => {
      const ending = this.ctx.signal.aborted || held.claim !== claim;
      if (!ending) this.#pages.fail(error);
    });
  }

  async #claimed(held: HeldLane, holds: () => boolean): Promise<void> {
    await held.quiet();
    if (!holds()) return;
    const durable = placeIn(await this.ctx.assign(held.name));
    if (!holds()) return;
    const place = await this.#startOf(held, durable);
    if (!holds()) return;
    const begins = durable ? place.offset !== durable.offset : this.ctx.config.from !== 'beginning';
    if (begins && !(await this.#pin(held, place))) return;
    held.place = place;
    held.durableUpTo(place);
    if (durable) this.#commits.note(held.partition, place.offset); // a rebalance may have kept it from being told
    this.#readFrom(held, place);
  }

  async #startOf(held: HeldLane, durable: Place | undefined): Promise<Place> {
    const { partition, otherAt } = held;
    held.otherAt = undefined;
    const { config, log } = this.ctx;
    const offsets = this.#offsets;
    const { bounds, partitions } = await offsets.of(partition);
    this.#partitionsBefore ??= partitions;
    const { offset, warning } = await startOf({
      topic: this.#topic,
      partition,
      config,
      place: durable,
      bounds,
      otherAt,
      added: partition >= this.#partitionsBefore,
      atTime: () => offsets.atTime(partition),
    });
    if (warning) log.warn({ topic: this.#topic, partition, offset }, warning);
    const last = offset === durable?.offset ? durable.last : undefined;
    const canLook = last && last.offset >= bounds.low && last.offset < offset;
    return { offset, partitions, at: durable?.at ?? 0, ...(canLook && { last }) };
  }

  /** Where the sync begins becomes durable before there is anything to read: a restart must not begin at a later "latest". */
  #pin(held: HeldLane, place: Place): Promise<boolean> {
    return this.#pages.offer({ records: [], lane: held.name, resume: resumeOf(place) });
  }

  /** From the last message that was read on, where it is still there: it tells whether the topic is the same. */
  #readFrom(held: HeldLane, { offset, last }: Place): void {
    held.before = last;
    this.#seek(held, last?.offset ?? offset);
    this.#consumer.resume([{ topic: this.#topic, partitions: [held.partition] }]);
  }

  /** What is fetched next begins with the last message: the topic may have been made anew since that was read. Tells whether there is one. */
  #overlap(held: HeldLane, claim: number): boolean {
    const { last } = held.place ?? {};
    if (!last || held.claim !== claim) return false;
    held.before = last;
    this.#seek(held, last.offset);
    return true;
  }

  #seek({ partition }: HeldLane, offset: number): void {
    this.#consumer.seek({ topic: this.#topic, partition, offset: String(offset) });
  }

  /** Hands a fetched batch over, page by page; the next one is fetched when this one is through. */
  async #take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const held = this.#lanes.get(batch.partition);
    const { place, claim } = held ?? {};
    if (!held || !place || claim === undefined) return;
    const fits = await this.#fits(held, place, Number(batch.firstOffset()));
    if (held.claim !== claim) return;
    const overlaps = held.before !== undefined;
    if (!fits || !this.#recognises(held, batch.messages)) return this.#claimAnew(held);
    const { topic, partition } = batch;
    const next = Number(batch.lastOffset()) + 1;
    const messages = batch.messages.filter(({ offset }) => Number(offset) >= place.offset);
    if (messages.length === 0) {
      held.nothingBefore(next);
      return this.#seek(held, Math.max(next, place.offset));
    }
    if (!overlaps && this.#overlap(held, claim)) return; // the first ones after a while: once more, with what tells where they come from
    const beats = new Heartbeats(
      () => payload.heartbeat(),
      heartbeatMs,
      () => this.#withdraw(held),
    );
    try {
      for await (const page of pagesOf({ topic, partition, messages, next }, { ...place }, this.#read)) {
        const taken = !beats.failure && held.claim === claim && (await this.#pages.offer(page));
        beats.throwIfFailed();
        if (!taken) return;
        if (held.place) held.place = placeIn(page.resume);
      }
      payload.resolveOffset(batch.lastOffset());
      this.#overlap(held, claim);
    } catch (error) {
      // The registry, for one. kafkajs would fetch and decode the batch again and again.
      if (error !== beats.failure) this.#pages.fail(error);
      throw error;
    } finally {
      beats.stop();
    }
  }

  /**
   * kafkajs goes on at the beginning, and says so only in its log, when the next offset is out of the partition's range. Compaction leaves gaps as
   * well, so the broker is asked.
   */
  async #fits({ before, partition }: HeldLane, { offset }: Place, first: number): Promise<boolean> {
    if (first <= offset && first >= (before?.offset ?? offset)) return true;
    this.#offsets = this.#newOffsets();
    const { bounds } = await this.#offsets.of(partition);
    return first > offset && bounds.low <= offset;
  }

  /** Whether the last message that was read is still what it was. Where it is not there any more, nothing can be said. */
  #recognises(held: HeldLane, messages: KafkaMessage[]): boolean {
    const { before } = held;
    held.before = undefined;
    const there = before && messages.find(({ offset }) => Number(offset) === before.offset);
    if (!there || lastMessage(there).hash === before.hash) return true;
    held.otherAt = before.offset;
    return false;
  }

  /** The partition is not as it was left: where it goes on is found out anew. */
  #claimAnew(held: HeldLane): void {
    this.#consumer.pause([{ topic: this.#topic, partitions: [held.partition] }]);
    this.#offsets = this.#newOffsets();
    this.#void(held);
    this.#claim(held);
  }

  #newOffsets(): Offsets {
    return new Offsets(this.#admin, this.#topic, this.ctx.config.fromTime);
  }
}
