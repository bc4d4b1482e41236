import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Signer } from '#platform';
import { Inbox } from '../inbox/index.ts';
import { TrackingPlan } from '../tracking-plan/index.ts';
import { arrivalOf, type Rejection, type Warning } from './arrival-of.ts';
import { IdentityMarks } from './identity-marks.ts';
import { mostMessages } from './limits.ts';
import type { Reading } from './reading.ts';

/** What is to be told of messages that are kept: refused ones become rejects. */
export interface Collected {
  rejected: Rejection[];
  warnings: Warning[];
}

/** Takes what a source has sent into the inbox. */
@Injectable()
export class Collector {
  readonly #marks: IdentityMarks;

  constructor(
    private readonly inbox: Inbox,
    private readonly plan: TrackingPlan,
    signer: Signer,
  ) {
    this.#marks = new IdentityMarks(signer);
  }

  /**
   * Resolves once all messages are durable; tells those that cannot be read, which harm no other. Throws `payload_too_large`, `rate_limited`,
   * `service_unavailable`.
   */
  async collect(source: string, messages: unknown[], reading: Reading): Promise<Collected> {
    if (messages.length > mostMessages)
      throw new MillraceError(
        'payload_too_large',
        `A batch has at most ${mostMessages} messages. Send several batches.`,
      );
    const parts = { plan: this.plan, marks: this.#marks };
    const arrived = messages.map((given, index) => arrivalOf(given, index, source, reading, parts));
    await this.inbox.keep(arrived.map(({ arrival }) => arrival));
    return {
      rejected: arrived.flatMap(({ rejection }) => rejection ?? []),
      warnings: arrived.flatMap(({ warning }) => warning ?? []),
    };
  }
}
