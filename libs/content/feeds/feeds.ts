import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import {
  againIfOvertaken,
  contentHash,
  listOf,
  Overtaken,
  refuseStale,
  textAfter,
  Uses,
  type Putting,
  type Removing,
  type List,
} from '#platform';
import { feedTimeout, feedTtl, type FeedContent, type OpenFeeds } from './feed-content.ts';
import { FeedHeaders, type Headers } from './feed-headers.ts';
import type { StoredFeed } from './feed.schema.ts';
import { FeedStore } from './feed-store.ts';
import { feedView, type FeedView } from './feed-view.ts';
import { PersonalFeeds } from './personal-feeds.ts';
import { isPersonal, namesIn } from './personal-url.ts';
import { SharedFeeds } from './shared-feeds.ts';

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

type FeedSettings = Pick<StoredFeed, 'name' | 'url' | 'ttlSeconds' | 'timeoutMs' | 'fallback'>;

/** Feeds: JSON from elsewhere, asked at most once a TTL, with something to show when they fail. */
@Injectable()
export class Feeds {
  /** Asked before a feed is removed. */
  readonly uses = new Uses('feed');

  constructor(
    private readonly store: FeedStore,
    private readonly headers: FeedHeaders,
    private readonly shared: SharedFeeds,
    private readonly personal: PersonalFeeds,
  ) {}

  /**
   * Makes the feed what is given; the same again changes nothing.
   * @throws MillraceError `secrets_required`, `conflict`; with `madeFrom`, `not_found`
   */
  put(slug: string, given: NewFeed, options: Putting = {}): Promise<{ view: FeedView; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(slug, given, options));
  }

  async #putOnce(
    slug: string,
    given: NewFeed,
    { rehearse, madeFrom }: Putting,
  ): Promise<{ view: FeedView; created: boolean }> {
    const known = madeFrom ? await this.#require(slug) : await this.store.find(slug);
    if (known) refuseStale('feed', known, madeFrom);
    if (known) refuseToTakeHeadersAlong(known, given);
    const opened = known ? this.headers.open(known) : {};
    const headers = given.headers ? withKept(given.headers, opened) : opened;
    const settings = settingsGiven(given);
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
    throw new Overtaken('Somebody else changed this feed meanwhile: read it again, then change it.');
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
  async remove(slug: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    await this.#require(slug);
    if (!force) await this.uses.refuse(slug);
    if (rehearse) return;
    if (!(await this.store.remove(slug))) throw noSuchFeed(slug);
    this.shared.forget(slug);
  }

  /** Asks the feed now, whatever is known. @throws MillraceError `not_found`, `bad_request` for one that needs a person, and what the feed answers */
  async fetch(slug: string): Promise<FeedContent> {
    const feed = await this.#require(slug);
    if (isPersonal(feed.url)) {
      const names = namesIn(feed.url).join(', ');
      const message = `The feed asks about a person (${names}): preview a mail that shows it, for somebody.`;
      throw new MillraceError('bad_request', message);
    }
    return this.shared.fetch(feed);
  }

  /** The feeds of mails, in the order of their slugs. Never fails for what a feed does: it tells its problem. */
  async open(slugs: string[]): Promise<OpenFeeds> {
    if (slugs.length === 0) return { shared: [], of: () => Promise.resolve([]) };
    const [feeds, answers] = await Promise.all([this.store.findAll(slugs), this.store.contentsOf(slugs)]);
    const personal = feeds.filter(({ url }) => isPersonal(url)).sort((a, b) => (a._id < b._id ? -1 : 1));
    const others = slugs.filter((slug) => !personal.some(({ _id }) => _id === slug));
    return {
      shared: await this.shared.read(others, feeds, answers),
      of: (valueOf) => Promise.all(personal.map((feed) => this.personal.read(feed, valueOf))),
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

  async #require(slug: string): Promise<StoredFeed> {
    const found = await this.store.find(slug);
    if (found) return found;
    throw noSuchFeed(slug);
  }
}

function noSuchFeed(slug: string): MillraceError {
  return new MillraceError('not_found', `There is no feed "${slug.slice(0, 63)}". GET /api/feeds lists them.`);
}

/** Another server is not given what was meant for the former one. @throws MillraceError `secrets_required` */
function refuseToTakeHeadersAlong(known: StoredFeed, given: NewFeed): void {
  if (!keepsHeaders(given) || known.headersSet.length === 0 || originOf(known.url) === originOf(given.url)) return;
  throw new MillraceError(
    'secrets_required',
    'The feed moves to another server: give its headers again, or {} for none.',
  );
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

function settingsGiven(given: NewFeed): FeedSettings {
  const { name, url, ttlSeconds = feedTtl.default, timeoutMs = feedTimeout.default, fallback = null } = given;
  return { name, url, ttlSeconds, timeoutMs, ...(fallback !== null && { fallback: JSON.stringify(fallback) }) };
}

function settingsOf({ name, url, ttlSeconds, timeoutMs, fallback }: StoredFeed): FeedSettings {
  return { name, url, ttlSeconds, timeoutMs, ...(fallback !== undefined && { fallback }) };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
