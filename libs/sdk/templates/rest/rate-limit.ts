import { certainEpochTime } from '../../mapping/index.ts';

type Headers = Record<string, unknown>;

const shortest = 1_000;
const longest = 24 * 3_600_000;

/** Whether an answer asks to wait. GitHub does so by a 403: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function isRateLimit(status: number | undefined, headers: Headers): boolean {
  if (status === 429) return true;
  return status === 403 && (isUsedUp(headers) || Boolean(headers['retry-after']));
}

/** Milliseconds that an answer asks to wait: by `Retry-After` where that is in seconds, else until a used up limit is renewed. */
export function askedWait(headers: Headers): number | undefined {
  const { 'retry-after': after } = headers;
  return typeof after === 'string' && /^\d+$/.test(after) ? Number(after) * 1_000 : limitRenewal(headers);
}

/** Milliseconds until a used up limit is renewed, a day at most; undefined: nothing tells. Some count from 1970, others from now. */
export function limitRenewal(headers: Headers, now: number = Date.now()): number | undefined {
  const reset = Number(headers['x-ratelimit-reset']);
  if (!isUsedUp(headers) || !(reset > 0)) return undefined;
  const at = certainEpochTime(reset) ?? now + reset * 1_000;
  return Math.min(longest, Math.max(shortest, Math.ceil(at - now)));
}

function isUsedUp(headers: Headers): boolean {
  return headers['x-ratelimit-remaining'] === '0';
}
