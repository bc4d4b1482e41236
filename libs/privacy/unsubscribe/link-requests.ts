import { Injectable } from '@nestjs/common';
import { RequestCounts } from '#platform';

/** A mailbox provider sends many people's clicks from one address: only links that are none of ours are counted by address. */
const limits = { 'link used': 30, 'link guessed': 30 } as const;

/** Counts requests to the public page. Where Redis is down, everybody may: unsubscribing has to work. */
@Injectable()
export class LinkRequests {
  constructor(private readonly counts: RequestCounts) {}

  /** Throws `rate_limited`. */
  count(what: keyof typeof limits, of: string): Promise<void> {
    return this.counts.count(what, of, limits[what]);
  }
}
