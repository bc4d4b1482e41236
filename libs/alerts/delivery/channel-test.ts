import { Injectable } from '@nestjs/common';
import { newId } from '#platform';
import type { LastDelivery } from '../channels/channel.schema.ts';
import { Channels } from '../channels/channels.ts';
import { Notices } from '../messages/notices.ts';
import { Attempt } from './attempt.ts';

/** Sends a test message, and tells what the other side said. */
@Injectable()
export class ChannelTest {
  constructor(
    private readonly channels: Channels,
    private readonly notices: Notices,
    private readonly attempt: Attempt,
  ) {}

  async run(ref: string): Promise<LastDelivery> {
    const channel = await this.channels.get(ref);
    const {
      retryable: _retryable,
      retryAfter: _retryAfter,
      left: _left,
      ...result
    } = await this.attempt.make(channel, {
      id: newId('msg'),
      notice: this.notices.test(channel, new Date()),
    });
    return result;
  }
}
