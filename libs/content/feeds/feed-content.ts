import type { Json } from '@millrace/sdk';

/** What a feed brings to a mail. */
export interface FeedContent {
  slug: string;
  value: Json;
  /** SHA-256 of the value. */
  hash: string;
  /** ISO text: when the feed answered so; absent for a fallback. */
  at?: string;
  /** Young enough, the last good answer of a feed that fails, the fallback, or nothing. */
  state: 'fresh' | 'last good' | 'fallback' | 'missing';
  /** Why it is not fresh, and what to do. */
  problem?: string;
  /** It was asked about this person. */
  personal?: true;
}

/** The feeds of a mail: what they say to everybody is read once, and the rest when the person is known. */
export interface OpenFeeds {
  shared: FeedContent[];
  /** About one person, in the order of their slugs. Never fails: a feed that does tells its problem. */
  of(valueOf: (name: string) => unknown): Promise<FeedContent[]>;
}

/** Seconds. */
export const feedTtl = { default: 300, most: 4 * 3600 } as const;
export const feedTimeout = { default: 3000, most: 10_000 } as const;
export const mostFeedBytes = 1024 * 1024;
