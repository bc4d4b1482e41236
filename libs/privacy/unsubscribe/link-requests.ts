import { Injectable } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log, RedisClient, Settings, Signer } from '#platform';

const window = 60;
/** A mailbox provider sends many people's clicks from one address: only links that are none of ours are counted by address. */
const limits = { 'link used': 30, 'link guessed': 30 } as const;

/** Counts requests to the public page, over all processes, a minute at a time. */
@Injectable()
export class LinkRequests {
  constructor(
    private readonly redis: RedisClient,
    private readonly signer: Signer,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** Throws `rate_limited`. Where Redis is down, everybody may: unsubscribing has to work. */
  async count(what: keyof typeof limits, of: string): Promise<void> {
    const minute = Math.floor(Date.now() / (window * 1_000));
    const key = `${this.settings.redisPrefix}:${what}:${this.signer.hmac('rate limit', of).slice(0, 24)}:${minute}`;
    let requests: number;
    try {
      requests = await this.redis.client.incr(key);
      if (requests === 1) await this.redis.client.expire(key, 2 * window);
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'requests to the preference page are not counted');
      return;
    }
    if (requests > limits[what])
      throw new MillraceError('rate_limited', 'Too many requests. Wait a minute, then try again.', {
        retryAfter: window * 1_000,
      });
  }
}
