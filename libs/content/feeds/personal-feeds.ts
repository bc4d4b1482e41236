import { Injectable } from '@nestjs/common';
import { messageOf, MillraceError, type Json } from '@millrace/sdk';
import { contentHash } from '#platform';
import type { FeedContent } from './feed-content.ts';
import { FeedFetcher } from './feed-fetcher.ts';
import type { StoredFeed } from './feed.schema.ts';
import { urlFor } from './personal-url.ts';
import { RecentAnswers, type RecentAnswer } from './recent-answers.ts';
import { Turns } from './turns.ts';

/** The person as a feed's URL may name them. */
export type ValueOf = (name: string) => unknown;

/** Requests of this process at a time, over all people and feeds. */
const mostAtOnce = 8;
/** Failures in a row after which a feed is left alone, and for how long. */
const mostFailures = 5;
const restMs = 10_000;

interface Trouble {
  revision: number;
  failures: number;
  /** Milliseconds since 1970. */
  until: number;
}

/** Feeds whose URL is another one for each person. Each URL is asked at most once a TTL; what they answer is never stored. */
@Injectable()
export class PersonalFeeds {
  readonly #answers = new RecentAnswers();
  readonly #asking = new Map<string, Promise<RecentAnswer>>();
  readonly #troubles = new Map<string, Trouble>();
  readonly #turns = new Turns(mostAtOnce);

  constructor(private readonly fetcher: FeedFetcher) {}

  /** Never fails: the fallback shows instead, and why. */
  async read(feed: StoredFeed, valueOf: ValueOf): Promise<FeedContent> {
    const found = urlFor(feed.url, valueOf);
    if ('problem' in found) return instead(feed, `was not asked (${found.problem})`);
    const trouble = this.#troubleOf(feed);
    const key = `${feed._id}:${feed.revision}:${found.url}`;
    const known = this.#answers.get(key);
    if (!known && trouble && trouble.failures >= mostFailures && trouble.until > Date.now()) {
      return instead(feed, `is left alone for a moment, since it failed ${trouble.failures} times in a row`);
    }
    const { value, hash, at, why } = known ?? (await this.#ask(feed, found.url, key));
    if (value === undefined) return instead(feed, `failed (${why ?? 'no answer'})`);
    return { slug: feed._id, value, hash, at: at.toISOString(), state: 'fresh', personal: true };
  }

  #ask(feed: StoredFeed, url: string, key: string): Promise<RecentAnswer> {
    const asking =
      this.#asking.get(key) ??
      this.#turns
        .take(() => this.#answerOf(feed, url))
        .then((answer) => {
          this.#answers.keep(key, answer);
          return answer;
        })
        .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #answerOf(feed: StoredFeed, url: string): Promise<RecentAnswer> {
    try {
      const value = await this.fetcher.ask(feed, url);
      this.#troubles.delete(feed._id);
      const at = new Date();
      const size = JSON.stringify(value).length;
      return { value, hash: contentHash(value), at, size, until: at.getTime() + feed.ttlSeconds * 1000 };
    } catch (error) {
      const why = messageOf(error).replace(/\.$/, '');
      const until = Date.now() + restMs;
      // "No such person" says nothing about the next one.
      const isAboutPerson = error instanceof MillraceError && error.code === 'remote_rejected';
      const failures = isAboutPerson ? 0 : (this.#troubleOf(feed)?.failures ?? 0) + 1;
      this.#troubles.set(feed._id, { revision: feed.revision, failures, until });
      return { hash: '', at: new Date(), size: 0, until, why };
    }
  }

  #troubleOf({ _id, revision }: StoredFeed): Trouble | undefined {
    const trouble = this.#troubles.get(_id);
    return trouble?.revision === revision ? trouble : undefined;
  }
}

function instead({ _id, fallback }: StoredFeed, what: string): FeedContent {
  const told = `The feed "${_id}" ${what}`;
  if (fallback === undefined) {
    const problem = `${told}, and it has no fallback: give it one.`;
    return { slug: _id, value: null, hash: contentHash(null), state: 'missing', personal: true, problem };
  }
  const value = JSON.parse(fallback) as Json;
  const problem = `${told}: the mail shows its fallback.`;
  return { slug: _id, value, hash: contentHash(value), state: 'fallback', personal: true, problem };
}
