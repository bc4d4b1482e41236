import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { hashText, RedisClient } from '#platform';
import type { Spacing } from './rate.ts';

/** Milliseconds that a request may wait for its turn; a longer wait frees the worker. */
const longestWait = 10_000;

/** Milliseconds that the other side's wish is heeded at most. */
const longestRest = 3_600_000;

/** Milliseconds that Redis may take to answer. */
const patience = 10_000;

/**
 * Books the next free moment (generic cell rate algorithm): the key holds the time at which the budget is whole again. Redis' own
 * clock is used, so that the workers' may differ. Answers the wait in microseconds; a negative one was too long and is not booked.
 */
const book = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = math.max(0, whole - (burst - 1) * interval - now)
if wait > longest then return string.format('%.0f', -wait) end
local after = whole + interval
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return string.format('%.0f', wait)
`;

/** Nobody's turn comes before a moment that the other side has named. */
const rest = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst, pause = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now + pause + (burst - 1) * interval)
redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000) + 1000)
`;

/** Rates that hold over all workers, counted in Redis. */
@Injectable()
export class RateBudget {
  constructor(private readonly redis: RedisClient) {}

  /**
   * Resolves when a request may go out. Rejects with the signal's reason when it is aborted, and with `rate_limited` when the turn would
   * come in more than 10 s. Without Redis nobody knows what the others have used: nothing goes out, and after 10 s it rejects with
   * `service_unavailable`, which is tried again.
   *
   * @param owner whose budget it is; requests with equal owners share it
   */
  async take(owner: string, { interval, burst }: Spacing, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const answer = await this.booked(keyOf(owner), { interval, burst }, signal);
    const wait = Number(answer) / 1000;
    if (wait < 0) throw tooLong(-wait);
    if (wait > 0) await sleepUnlessAborted(wait, signal);
  }

  /** The other side asked to wait so many milliseconds: all workers do. */
  async rest(owner: string, { interval, burst }: Spacing, ms: number): Promise<void> {
    const pause = Math.min(ms, longestRest) * 1000;
    await this.redis.client.eval(rest, 1, keyOf(owner), interval, burst, pause);
  }

  private async booked(key: string, { interval, burst }: Spacing, signal?: AbortSignal): Promise<unknown> {
    const answered = new AbortController();
    const deadline = signal ? AbortSignal.any([signal, answered.signal]) : answered.signal;
    const tooLate = sleepUnlessAborted(patience, deadline).then(() => Promise.reject(withoutRedis()));
    const answer = this.redis.client
      .eval(book, 1, key, interval, burst, longestWait * 1000)
      .catch((cause: unknown) => Promise.reject(withoutRedis(cause)));
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      answered.abort();
      await Promise.allSettled([tooLate]);
      answer.catch(() => undefined); // told already, or too late to matter
    }
  }
}

function keyOf(owner: string): string {
  return `millrace:rate:${hashText(owner)}`;
}

function withoutRedis(cause?: unknown): MillraceError {
  return new MillraceError(
    'service_unavailable',
    'Redis does not answer, so nobody knows whether the rate of this connection allows another request. It goes on when Redis is back.',
    { cause, retryAfter: 5_000 },
  );
}

async function sleepUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(Math.ceil(ms), undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted(); // its own reason rather than a general AbortError
    throw error;
  }
}

function tooLong(ms: number): MillraceError {
  return new MillraceError(
    'rate_limited',
    `The connection's own rate is used up for ${Math.ceil(ms / 1000)} s. It goes on later; if that is too slow, use fewer syncs at once.`,
    { retryAfter: Math.ceil(ms) },
  );
}
