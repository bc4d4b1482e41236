import { Injectable } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log, PartlyRefused } from '#platform';
import type { Channel, LastDelivery } from '../channels/channel.schema.ts';
import { Channels } from '../channels/channels.ts';
import type { Outgoing } from './outgoing.ts';
import { Sender } from './sender.ts';

/** `left`: recipients that have not got it, where others have; `retryAfter`: milliseconds that the other side asked to wait. */
export type Attempted = LastDelivery & { retryable: boolean; retryAfter?: number; left?: string[] };

/** Sends once, and notes at the channel how it went. */
@Injectable()
export class Attempt {
  constructor(
    private readonly channels: Channels,
    private readonly sender: Sender,
    private readonly log: Log,
  ) {}

  async make(channel: Channel, message: Outgoing): Promise<Attempted> {
    const attempted = await this.send(channel, message);
    const { retryable: _retryable, retryAfter: _retryAfter, left: _left, ...lastDelivery } = attempted;
    await this.channels.noteDelivery(channel._id, lastDelivery);
    return attempted;
  }

  private async send(channel: Channel, message: Outgoing): Promise<Attempted> {
    try {
      const said = await this.sender.send(await this.channels.open(channel), message);
      return { ok: true, at: new Date(), message: said, retryable: false };
    } catch (error) {
      const known = error instanceof MillraceError ? error : undefined;
      const { code = 'internal', retryable = true, retryAfter } = known ?? {};
      this.log.warn(
        { channel: channel._id, message: message.id, code, err: known ? undefined : error },
        'a message about an alert could not be sent',
      );
      const left = error instanceof PartlyRefused ? { left: error.recipients } : {};
      return { ok: false, at: new Date(), code, message: messageOf(error), retryable, retryAfter, ...left };
    }
  }
}
