import { setTimeout as delay } from 'node:timers/promises';
import type { Json, Page, Row, SubscribeContext } from '@millrace/sdk';
import type { TestContextOptions } from '@millrace/sdk/testing';
import type { KafkaConfig } from '../config.ts';
import { topicStream } from '../source/topic-stream.ts';
import type { Broker } from './broker.ts';

export interface FollowOptions {
  config?: object;
  context?: TestContextOptions;
  group?: string;
  key?: string[];
  /** Shared by subscribers that follow each other, or the topic together. */
  lanes?: Record<string, Json>;
}

/** A subscriber that does what the engine does with each page: commits it, and keeps where its lane goes on. */
export class Follower {
  readonly pages: Page[] = [];
  readonly lanes: Record<string, Json>;
  /** What is done with a page before its rows are durable. */
  onPage: (page: Page) => Promise<void> = async () => undefined;
  failure?: Error;
  readonly ctx: SubscribeContext<KafkaConfig>;
  readonly stream;
  readonly warnings: string[] = [];
  readonly #controller = new AbortController();
  #done?: Promise<void>;

  constructor(broker: Broker, topic: string, options: FollowOptions = {}) {
    const { config, group = `group-${topic}`, key = ['id'], lanes = {}, context } = options;
    this.lanes = lanes;
    this.stream = topicStream({ name: topic, compacted: true });
    const base = broker.context(config, context);
    this.ctx = {
      ...base,
      log: { ...base.log, warn: (_, message = '') => void this.warnings.push(message) },
      stream: { name: topic, key },
      lanes: { ...lanes },
      consumer: { group, index: 0, of: 1 },
      assign: async (lane) => this.lanes[lane],
      places: async () => ({ ...this.lanes }),
      signal: this.#controller.signal,
    };
    this.#done = this.#follow();
  }

  get records(): Row[] {
    return this.pages.flatMap(({ records }) => records);
  }

  get values(): unknown[] {
    return this.records.map(({ value }) => value);
  }

  /** Resolves when it holds; rejects with what ended the subscription. */
  async until(holds: (follower: this) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.failure) throw this.failure;
      await delay(20); // brokers have no event to await here
    }
  }

  has(count: number): Promise<void> {
    return this.until(({ records }) => records.length >= count);
  }

  /** Keeps the next page in hand; to be called to drop it, so that it never arrives. */
  holdPage(): () => void {
    let drop: (error: Error) => void = () => undefined;
    const dropped = new Promise<never>((_, reject) => (drop = reject));
    dropped.catch(() => undefined); // it may hold none
    this.onPage = () => dropped;
    return () => drop(new Error('dropped'));
  }

  async stop(): Promise<this> {
    this.#controller.abort();
    await this.#done;
    return this;
  }

  async #follow(): Promise<void> {
    const { ctx, stream } = this;
    try {
      for await (const page of stream.subscribe?.(ctx) ?? []) {
        await this.onPage(page);
        this.pages.push(page);
        const { lane = '', resume = null } = page;
        this.lanes[lane] = resume;
        await stream.commit?.(ctx, lane, resume);
      }
    } catch (error) {
      if (!ctx.signal.aborted) this.failure = error as Error;
    }
  }
}
