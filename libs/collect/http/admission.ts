import { MillraceError } from '@millrace/sdk';

export interface AdmissionLimits {
  requests: number;
  bytes: number;
}

/** A request that is under way. */
export interface Admitted {
  /** Counts what of its body is in memory. Throws `rate_limited` when too much is. */
  take: (bytes: number) => void;
  /** Ends it. */
  leave: () => void;
}

/**
 * How much is read and handled at a time, so that memory stays bounded whatever comes. Bytes count once they are there: what somebody only
 * announces keeps nobody else out.
 */
export class Admission {
  #requests = 0;
  #bytes = 0;

  constructor(private readonly limits: AdmissionLimits) {}

  /** Throws `rate_limited` when too much is under way. */
  enter(): Admitted {
    if (this.#requests >= this.limits.requests) throw tooMuch();
    this.#requests++;
    let taken = 0;
    return {
      take: (bytes) => {
        if (this.#bytes + bytes > this.limits.bytes) throw tooMuch();
        this.#bytes += bytes;
        taken += bytes;
      },
      leave: () => {
        this.#requests--;
        this.#bytes -= taken;
      },
    };
  }
}

function tooMuch(): MillraceError {
  return new MillraceError('rate_limited', 'Too many requests are under way. Send this one again.', {
    retryAfter: 1_000,
  });
}
