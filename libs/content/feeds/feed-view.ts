import type { Json } from '@millrace/sdk';
import type { StoredFeed } from './feed.schema.ts';

export interface FeedView {
  slug: string;
  name: string;
  url: string;
  /** Names of the request headers; their values are never shown. */
  headersSet: string[];
  ttlSeconds: number;
  timeoutMs: number;
  fallback?: Json;
  revision: number;
  createdAt: string;
  updatedAt: string;
}

export function feedView({
  _id,
  fallback,
  createdAt,
  updatedAt,
  name,
  url,
  headersSet,
  ttlSeconds,
  timeoutMs,
  revision,
}: StoredFeed): FeedView {
  return {
    slug: _id,
    name,
    url,
    headersSet,
    ttlSeconds,
    timeoutMs,
    ...(fallback !== undefined && { fallback: JSON.parse(fallback) as Json }),
    revision,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
