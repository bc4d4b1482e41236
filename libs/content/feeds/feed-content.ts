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
}

/** Seconds. */
export const feedTtl = { default: 300, most: 4 * 3600 } as const;
export const feedTimeout = { default: 3000, most: 10_000 } as const;
export const mostFeedBytes = 1024 * 1024;
