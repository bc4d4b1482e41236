import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { hashText, Log, redactText, RedisClient } from '#platform';
import type { Spacing } from './rate.ts';

/** Milliseconds that a request may wait for its turn; a longer wait frees the worker. */
const longestWait = 10_000;

/** Milliseconds that the other side's wish is heeded at most. */
const longestRest = 3_600_000;

/** Milliseconds that Redis may take to answer who asks for a turn. */
const patience = 10_000;

/** Milliseconds that Redis may take to hear of a wish. */
const restPatience = 1_000;

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
  /** By owner, until when (by this process' clock) the other side wants rest that Redis has not heard of. */
  readonly #untold = new Map<string, number>();

  constructor(
    private readonly redis: RedisClient,
    private readonly log: Log,
  ) {}

  /**
   * Resolves when a request may go out. Rejects with the signal's reason when it is aborted, and with `rate_limited` when the turn would
   * come in more than 10 s. Without Redis nobody knows what the others have used: nothing goes out, and it rejects with
   * `service_unavailable`, which is tried again; after 10 s where Redis does not answer.
   *
   * @param owner whose budget it is; requests with equal owners share it
   */
  async take(owner: string, spacing: Spacing, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#tell(owner, spacing, patience, signal);
    const { interval, burst } = spacing;
    const answer = await this.#ask(book, [keyOf(owner), interval, burst, longestWait * 1000], patience, signal);
    const wait = Number(answer) / 1000;
    if (wait < 0) throw tooLong(-wait);
    if (wait > 0) await sleepUnlessAborted(wait, signal);
  }

  /**
   * The other side asked to wait so many milliseconds: all workers do. Never rejects, and waits a second for Redis at most. Where Redis has not heard of
   * it, this process tells it before its next turn; without Redis nobody gets a turn, and before this process does the others may get one each.
   */
  async rest(owner: string, spacing: Spacing, ms: number): Promise<void> {
    const until = Date.now() + Math.min(ms, longestRest);
    this.#untold.set(owner, Math.max(until, this.#untold.get(owner) ?? 0));
    await this.#tell(owner, spacing, restPatience).catch((error: unknown) =>
      this.log.warn(
        { error, milliseconds: ms },
        'The other side asks to wait, and Redis does not hear of it: other workers learn it with the next request',
      ),
    );
  }

  async #tell(owner: string, { interval, burst }: Spacing, within: number, signal?: AbortSignal): Promise<void> {
    const until = this.#untold.get(owner);
    if (until === undefined) return;
    const pause = until - Date.now();
    if (pause > 0) await this.#ask(rest, [keyOf(owner), interval, burst, pause * 1000], within, signal);
    if (this.#untold.get(owner) === until) this.#untold.delete(owner);
  }

  /** Asks the key that comes first. Rejects with `service_unavailable` where Redis does not answer in time. */
  async #ask(script: string, args: [string, ...number[]], within: number, signal?: AbortSignal): Promise<unknown> {
    const answered = new AbortController();
    const deadline = signal ? AbortSignal.any([signal, answered.signal]) : answered.signal;
    const tooLate = sleepUnlessAborted(within, deadline).then(() => Promise.reject(withoutRedis()));
    const answer = this.redis.client
      .eval(script, 1, ...args)
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
  const refuses = cause instanceof Error && cause.name === 'ReplyError'; // as without memory
  const what = refuses ? `Redis refuses (${redactText(cause.message)})` : 'Redis does not answer';
  return new MillraceError(
    'service_unavailable',
    `${what}, so nobody knows whether the rate of this connection allows another request. It goes on when Redis is back.`,
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
