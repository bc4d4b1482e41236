import { Injectable } from '@nestjs/common';
import { messageOf, MillraceError, type Json } from '@millrace/sdk';
import { listOf, textAfter, contentHash, Uses, type List } from '#platform';
import { feedTimeout, feedTtl, type FeedContent, type OpenFeeds } from './feed-content.ts';
import { FeedFetcher } from './feed-fetcher.ts';
import { FeedHeaders, type Headers } from './feed-headers.ts';
import type { StoredFeed, StoredFeedContent } from './feed.schema.ts';
import { FeedStore } from './feed-store.ts';
import { feedView, type FeedView } from './feed-view.ts';
import { PersonalFeeds } from './personal-feeds.ts';
import { isPersonal, namesIn } from './personal-url.ts';

export interface NewFeed {
  name: string;
  url: string;
  /** Left out, those that are there stay; null: that one stays. */
  headers?: Record<string, string | null>;
  /** Default 300. */
  ttlSeconds?: number;
  /** Default 3000. */
  timeoutMs?: number;
  fallback?: Json;
}

/** How long a feed that failed is left alone. */
const restMs = 10_000;

/** Feeds: JSON from elsewhere, asked at most once a TTL, with something to show when they fail. */
@Injectable()
export class Feeds {
  /** Asked before a feed is removed. */
  readonly uses = new Uses('feed');
  readonly #values = new Map<string, { hash: string; value: Json }>();
  readonly #failed = new Map<string, { revision: number; until: number; why: string }>();

  constructor(
    private readonly store: FeedStore,
    private readonly fetcher: FeedFetcher,
    private readonly headers: FeedHeaders,
    private readonly personal: PersonalFeeds,
  ) {}

  /**
   * Makes the feed what is given; the same again changes nothing.
   * @param rehearse only tell what it would be
   * @throws MillraceError `secrets_required`, `conflict`
   */
  async put(slug: string, given: NewFeed, rehearse = false): Promise<{ view: FeedView; created: boolean }> {
    const known = await this.store.find(slug);
    const opened = known ? this.headers.open(known) : {};
    if (known && keepsHeaders(given) && known.headersSet.length > 0 && originOf(known.url) !== originOf(given.url)) {
      throw new MillraceError(
        'secrets_required',
        'The feed moves to another server: give its headers again, or {} for none.',
      );
    }
    const headers = given.headers ? withKept(given.headers, opened) : opened;
    const { name, url, ttlSeconds = feedTtl.default, timeoutMs = feedTimeout.default, fallback } = given;
    const settings = {
      name,
      url,
      ttlSeconds,
      timeoutMs,
      ...(fallback !== undefined && { fallback: JSON.stringify(fallback) }),
    };
    if (known && contentHash([settings, headers]) === contentHash([settingsOf(known), opened])) {
      return { view: feedView(known), created: false };
    }
    const now = new Date();
    const feed: StoredFeed = {
      _id: slug,
      ...settings,
      ...this.headers.seal(slug, headers),
      revision: (known?.revision ?? 0) + 1,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    };
    if (rehearse) return { view: feedView(feed), created: !known };
    if (await this.store.put(feed, known?.revision ?? 0)) return { view: feedView(feed), created: !known };
    throw new MillraceError('conflict', 'Somebody else changed this feed meanwhile: read it again, then change it.');
  }

  /** @throws MillraceError `not_found` */
  async get(slug: string): Promise<FeedView> {
    return feedView(await this.#require(slug));
  }

  /** By slug. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<List<FeedView>> {
    const found = await this.store.page(textAfter(after), limit + 1);
    return listOf(found, limit, feedView, ({ _id }) => _id);
  }

  /** With its last answer. @throws MillraceError `not_found`, `in_use` unless `force` */
  async remove(slug: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    await this.#require(slug);
    if (!force) await this.uses.refuse(slug);
    if (!(await this.store.remove(slug))) throw noSuchFeed(slug);
    this.#values.delete(slug);
    this.#failed.delete(slug);
  }

  /** Asks the feed now, whatever is known. @throws MillraceError `not_found`, `bad_request` for one that needs a person, and what the feed answers */
  async fetch(slug: string): Promise<FeedContent> {
    const feed = await this.#require(slug);
    if (isPersonal(feed.url)) {
      const names = namesIn(feed.url).join(', ');
      const message = `The feed asks about a person (${names}): preview a mail that shows it, for somebody.`;
      throw new MillraceError('bad_request', message);
    }
    const content = await this.fetcher.fetch(feed);
    this.#failed.delete(slug);
    return contentOf(content, JSON.parse(content.text) as Json, 'fresh');
  }

  /** The feeds of mails, in the order of their slugs. Never fails for what a feed does: it tells its problem. */
  async open(slugs: string[]): Promise<OpenFeeds> {
    if (slugs.length === 0) return { shared: [], of: () => Promise.resolve([]) };
    const [feeds, contents] = await Promise.all([this.store.findAll(slugs), this.store.contentsOf(slugs)]);
    const about = feeds.filter(({ url }) => isPersonal(url)).sort((a, b) => (a._id < b._id ? -1 : 1));
    const shared = slugs.filter((slug) => !about.some(({ _id }) => _id === slug));
    return {
      shared: await Promise.all(
        shared.map(async (slug) => {
          const feed = feeds.find(({ _id }) => _id === slug);
          if (!feed) return nothing(slug, `There is no feed "${slug}": PUT /api/feeds/${slug} makes it.`);
          return this.#content(
            feed,
            contents.find((content) => content._id === slug && isAnswerOf(feed, content)),
          );
        }),
      ),
      of: (valueOf) => Promise.all(about.map((feed) => this.personal.read(feed, valueOf))),
    };
  }

  /** What of people these feeds ask about: `city`, `profile.id`; without identities. */
  async namesAskedBy(slugs: string[]): Promise<string[]> {
    const feeds = slugs.length === 0 ? [] : await this.store.findAll(slugs);
    return feeds.flatMap(({ url }) => namesIn(url)).filter((name) => !name.startsWith('identities.'));
  }

  /** The feeds that ask about people, and how; by slug. */
  async urlsAsking(): Promise<[slug: string, url: string][]> {
    const feeds = await this.store.outlines();
    return feeds.filter(({ url }) => isPersonal(url)).map(({ _id, url }) => [_id, url]);
  }

  async #content(feed: StoredFeed, known: Omit<StoredFeedContent, 'text'> | undefined): Promise<FeedContent> {
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

  async #instead(
    feed: StoredFeed,
    known: Omit<StoredFeedContent, 'text'> | undefined,
    why: string,
  ): Promise<FeedContent> {
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

  async #valueOf({ _id, hash }: Omit<StoredFeedContent, 'text'>): Promise<Json | undefined> {
    const held = this.#values.get(_id);
    if (held?.hash === hash) return held.value;
    const text = await this.store.textOf(_id, hash);
    if (text === undefined) return undefined; // another process was faster: what it brought is asked for anew
    const value = JSON.parse(text) as Json;
    this.#values.set(_id, { hash, value });
    return value;
  }

  async #require(slug: string): Promise<StoredFeed> {
    const found = await this.store.find(slug);
    if (found) return found;
    throw noSuchFeed(slug);
  }
}

function isAnswerOf({ revision, createdAt }: StoredFeed, answer: Omit<StoredFeedContent, 'text'>): boolean {
  const { feedCreatedAt = createdAt } = answer;
  return answer.revision === revision && feedCreatedAt.getTime() === createdAt.getTime();
}

function noSuchFeed(slug: string): MillraceError {
  return new MillraceError('not_found', `There is no feed "${slug.slice(0, 63)}". GET /api/feeds lists them.`);
}

function contentOf(
  { _id, hash, at }: Omit<StoredFeedContent, 'text'>,
  value: Json,
  state: FeedContent['state'],
): FeedContent {
  return { slug: _id, value, hash, at: at.toISOString(), state };
}

function nothing(slug: string, problem: string): FeedContent {
  return { slug, value: null, hash: contentHash(null), state: 'missing', problem };
}

function keepsHeaders({ headers }: NewFeed): boolean {
  return headers === undefined || Object.values(headers).includes(null);
}

/** @throws MillraceError `secrets_required` when one is to stay that is not there */
function withKept(given: Record<string, string | null>, known: Headers): Headers {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const kept = value ?? (Object.hasOwn(known, name) ? known[name] : undefined);
      if (kept !== undefined) return [name, kept];
      throw new MillraceError('secrets_required', `The feed has no header "${name}" that could stay: give its value.`);
    }),
  );
}

function settingsOf({ name, url, ttlSeconds, timeoutMs, fallback }: StoredFeed): object {
  return { name, url, ttlSeconds, timeoutMs, ...(fallback !== undefined && { fallback }) };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
