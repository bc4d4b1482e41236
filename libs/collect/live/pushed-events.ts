import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Collector, type Collected } from '../collector/index.ts';
import { objectIn, readMessage } from '../messages/index.ts';
import { KnownWriteKeys, type SendingSource } from '../sources/index.ts';

/** As the body of `/v1/batch`. */
export interface PushedBatch extends Record<string, unknown> {
  batch: unknown[];
}

/** Takes events that come over a connection that stays open. */
@Injectable()
export class PushedEvents {
  constructor(
    private readonly collector: Collector,
    private readonly keys: KnownWriteKeys,
  ) {}

  /** Whose write key it is. Throws `unauthenticated`, and `forbidden` for a page of an origin that the source does not name. */
  async sourceOf(writeKey: string, origin: string | undefined): Promise<SendingSource> {
    const source = await this.keys.sourceOf(writeKey);
    if (origin === undefined || source.origins.length === 0 || source.origins.includes(origin)) return source;
    throw new MillraceError(
      'forbidden',
      'Pages of this origin may not send with this write key. Add it to the source.',
    );
  }

  /** Resolves once all messages are durable; tells those that cannot be read. Throws `payload_too_large`, `rate_limited`. */
  async take(source: SendingSource, fields: PushedBatch): Promise<Collected> {
    const receivedAt = new Date();
    const [context, integrations] = [objectIn(fields, 'context'), objectIn(fields, 'integrations')];
    const envelope = { receivedAt, sentAt: fields.sentAt, context, integrations };
    return this.collector.collect(source._id, fields.batch, {
      receivedAt,
      read: (given) => readMessage(given, envelope),
    });
  }
}
