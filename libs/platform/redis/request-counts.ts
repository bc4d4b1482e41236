import { Injectable } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Signer } from '../crypto/index.ts';
import { Log } from '../log/index.ts';
import { Settings } from '../settings/index.ts';
import { Hints } from './hints.ts';
import { RedisClient } from './redis-client.ts';

const window = 60;

/** Counts requests of a kind over all processes, a minute at a time. */
@Injectable()
export class RequestCounts {
  private readonly hints: Hints;

  constructor(
    private readonly redis: RedisClient,
    private readonly signer: Signer,
    private readonly settings: Settings,
    log: Log,
  ) {
    this.hints = new Hints((error, count) =>
      log.warn({ error: messageOf(error), count }, 'requests are not counted while Redis is down'),
    );
  }

  /**
   * Throws `rate_limited` from more than `most` a minute on. Where Redis is down, or does not answer, everybody may, and nobody waits: it is a
   * brake, not a lock.
   *
   * @param of who asks, or for what; only a keyed hash of it is kept
   */
  async count(what: string, of: string, most: number): Promise<void> {
    const minute = Math.floor(Date.now() / (window * 1_000));
    const key = `${this.settings.redisPrefix}:${what}:${this.signer.hmac('rate limit', of).slice(0, 24)}:${minute}`;
    const requests = await this.hints.send(async () => {
      const count = await this.redis.client.incr(key);
      if (count === 1) await this.redis.client.expire(key, 2 * window);
      return count;
    });
    if (requests === undefined) return;
    if (requests > most)
      throw new MillraceError('rate_limited', 'Too many requests. Wait a minute, then try again.', {
        retryAfter: window * 1_000,
      });
  }
}
