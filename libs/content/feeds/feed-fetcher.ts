import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { contentHash, Network, withComposedNames } from '#platform';
import { mostFeedBytes } from './feed-content.ts';
import { FeedHeaders } from './feed-headers.ts';
import type { StoredFeed, StoredFeedContent } from './feed.schema.ts';
import { FeedStore } from './feed-store.ts';

/** Asks feeds, through the guarded network; never more than once at a time each. */
@Injectable()
export class FeedFetcher {
  readonly #asking = new Map<string, Promise<StoredFeedContent>>();

  constructor(
    private readonly network: Network,
    private readonly headers: FeedHeaders,
    private readonly store: FeedStore,
  ) {}

  /** @throws MillraceError `timeout`, `unreachable`, `invalid_response`, `response_too_large`, `address_not_allowed` and other answers */
  fetch(feed: StoredFeed): Promise<StoredFeedContent> {
    const key = `${feed._id}:${feed.revision}:${feed.createdAt.getTime()}`;
    const asking = this.#asking.get(key) ?? this.#ask(feed).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(feed: StoredFeed): Promise<StoredFeedContent> {
    const data = await this.ask(feed, feed.url);
    const { _id, revision, createdAt: feedCreatedAt } = feed;
    const content = {
      _id,
      revision,
      feedCreatedAt,
      text: JSON.stringify(data),
      hash: contentHash(data),
      at: new Date(),
    };
    await this.store.keep(content);
    return content;
  }

  /** What it answers at a URL, which is not kept. @throws MillraceError as `fetch` does */
  async ask(feed: StoredFeed, url: string): Promise<Json> {
    const { _id, timeoutMs } = feed;
    const headers = this.headers.open(feed);
    const resealed = this.headers.resealed(feed, headers);
    if (feed.sealed !== undefined && resealed !== undefined) await this.store.reseal(_id, feed.sealed, resealed);
    const http = this.network.http(
      { headers, timeout: timeoutMs, retries: 0, maxBytes: mostFeedBytes },
      { signal: AbortSignal.timeout(timeoutMs) },
    );
    return withComposedNames((await http.get<Json>(url, { responseType: 'json' })).data);
  }
}
