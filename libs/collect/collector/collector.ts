import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Signer } from '#platform';
import { Inbox } from '../inbox/index.ts';
import type { Envelope } from '../messages/index.ts';
import { arrivalOf, type Rejection } from './arrival-of.ts';
import { mostMessages } from './limits.ts';

/** Takes what a source has sent into the inbox. */
@Injectable()
export class Collector {
  constructor(
    private readonly inbox: Inbox,
    private readonly signer: Signer,
  ) {}

  /**
   * Resolves once all messages are durable; tells those that cannot be read, which harm no other. Throws `payload_too_large`, `rate_limited`,
   * `service_unavailable`.
   */
  async collect(source: string, messages: unknown[], envelope: Envelope): Promise<Rejection[]> {
    if (messages.length > mostMessages)
      throw new MillraceError(
        'payload_too_large',
        `A batch has at most ${mostMessages} messages. Send several batches.`,
      );
    const arrived = messages.map((given, index) => arrivalOf(given, index, source, envelope, this.signer));
    await this.inbox.keep(arrived.map(({ arrival }) => arrival));
    return arrived.flatMap(({ rejection }) => rejection ?? []);
  }
}
