import { MillraceError } from '@millrace/sdk';

export interface AdmissionLimits {
  requests: number;
  bytes: number;
}

/** How much is read and handled at a time, so that memory stays bounded whatever comes. */
export class Admission {
  #requests = 0;
  #bytes = 0;

  constructor(private readonly limits: AdmissionLimits) {}

  /** Gives what ends it. Throws `rate_limited` when too much is under way. */
  enter(bytes: number): () => void {
    const { requests, bytes: most } = this.limits;
    if (this.#requests >= requests || this.#bytes + bytes > most)
      throw new MillraceError('rate_limited', 'Too many requests are under way. Send this one again.', {
        retryAfter: 1_000,
      });
    this.#requests++;
    this.#bytes += bytes;
    return () => {
      this.#requests--;
      this.#bytes -= bytes;
    };
  }
}
