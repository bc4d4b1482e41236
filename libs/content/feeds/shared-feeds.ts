import { Injectable } from '@nestjs/common';
import { messageOf, type Json } from '@millrace/sdk';
import { contentHash } from '#platform';
import type { FeedContent } from './feed-content.ts';
import { FeedFetcher } from './feed-fetcher.ts';
import { FeedStore } from './feed-store.ts';
import type { StoredFeed, StoredFeedContent } from './feed.schema.ts';

/** How long a feed that failed is left alone. */
const restMs = 10_000;

type Answer = Omit<StoredFeedContent, 'text'>;

/** Feeds that say the same to everybody: asked at most once a TTL over all processes, whose last good answer is in MongoDB. */
@Injectable()
export class SharedFeeds {
  readonly #values = new Map<string, { hash: string; value: Json }>();
  readonly #failed = new Map<string, { revision: number; until: number; why: string }>();

  constructor(
    private readonly store: FeedStore,
    private readonly fetcher: FeedFetcher,
  ) {}

  /** In the order of the slugs, by the answers that are known. Never fails for what a feed does: it tells its problem. */
  async read(slugs: string[], feeds: readonly StoredFeed[], answers: readonly Answer[]): Promise<FeedContent[]> {
    return Promise.all(
      slugs.map(async (slug) => {
        const feed = feeds.find(({ _id }) => _id === slug);
        if (!feed) return nothing(slug, `There is no feed "${slug}": PUT /api/feeds/${slug} makes it.`);
        const answer = answers.find((one) => one._id === slug && isAnswerOf(feed, one));
        return this.#content(feed, answer);
      }),
    );
  }

  /** Asks the feed now, whatever is known. @throws MillraceError what the feed answers */
  async fetch(feed: StoredFeed): Promise<FeedContent> {
    const content = await this.fetcher.fetch(feed);
    this.#failed.delete(feed._id);
    return contentOf(content, JSON.parse(content.text) as Json, 'fresh');
  }

  forget(slug: string): void {
    this.#values.delete(slug);
    this.#failed.delete(slug);
  }

  async #content(feed: StoredFeed, known: Answer | undefined): Promise<FeedContent> {
    if (known && Date.now() - known.at.getTime() < feed.ttlSeconds * 1000) {
      const value = await this.#valueOf(known);
      if (value !== undefined) return contentOf(known, value, 'fresh');
    }
    const failed = this.#failed.get(feed._id);
    if (failed && failed.revision === feed.revision && failed.until > Date.now())
      return this.#instead(feed, known, failed.why);
    try {
      const content = await this.fetcher.fetch(feed);
      const value = JSON.parse(content.text) as Json;
      this.#values.set(feed._id, { hash: content.hash, value });
      return contentOf(content, value, 'fresh');
    } catch (error) {
      const why = messageOf(error);
      this.#failed.set(feed._id, { revision: feed.revision, until: Date.now() + restMs, why });
      return this.#instead(feed, known, why);
    }
  }

  async #instead(feed: StoredFeed, known: Answer | undefined, why: string): Promise<FeedContent> {
    const told = `The feed "${feed._id}" failed (${why.replace(/\.$/, '')})`;
    const value = known && (await this.#valueOf(known));
    if (known && value !== undefined) {
      return {
        ...contentOf(known, value, 'last good'),
        problem: `${told}: the mail shows what it said at ${known.at.toISOString()}.`,
      };
    }
    if (feed.fallback === undefined) return nothing(feed._id, `${told}, and it has no fallback: give it one.`);
    const fallback = JSON.parse(feed.fallback) as Json;
    return {
      slug: feed._id,
      value: fallback,
      hash: contentHash(fallback),
      state: 'fallback',
      problem: `${told}: the mail shows its fallback.`,
    };
  }

  async #valueOf({ _id, hash }: Answer): Promise<Json | undefined> {
    const held = this.#values.get(_id);
    if (held?.hash === hash) return held.value;
    const text = await this.store.textOf(_id, hash);
    if (text === undefined) return undefined; // another process was faster: what it brought is asked for anew
    const value = JSON.parse(text) as Json;
    this.#values.set(_id, { hash, value });
    return value;
  }
}

function isAnswerOf({ revision, createdAt }: StoredFeed, answer: Answer): boolean {
  const { feedCreatedAt = createdAt } = answer;
  return answer.revision === revision && feedCreatedAt.getTime() === createdAt.getTime();
}

function contentOf({ _id, hash, at }: Answer, value: Json, state: FeedContent['state']): FeedContent {
  return { slug: _id, value, hash, at: at.toISOString(), state };
}

function nothing(slug: string, problem: string): FeedContent {
  return { slug, value: null, hash: contentHash(null), state: 'missing', problem };
}
