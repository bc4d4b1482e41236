import { Injectable } from '@nestjs/common';
import { Network, Settings } from '#platform';
import type { OpenChannel } from '../channels/types/index.ts';
import { MailSender } from './mail/mail-sender.ts';
import type { Outgoing } from './outgoing.ts';
import { postJson } from './post-json.ts';
import { slackMessage } from './slack-message.ts';
import { sendToWebhook } from './webhook-sender.ts';

/** Sends one message to a channel of any type. */
@Injectable()
export class Sender {
  private readonly mail: MailSender;

  constructor(
    private readonly network: Network,
    settings: Settings,
  ) {
    this.mail = new MailSender(network, settings);
  }

  /** What the other side said. Throws a MillraceError when it did not take the message. */
  async send(channel: OpenChannel, message: Outgoing): Promise<string> {
    switch (channel.type) {
      case 'webhook':
        return sendToWebhook(this.network, channel.config, message);
      case 'slack':
        return postJson(this.network, channel.config.url, JSON.stringify(slackMessage(message.notice)));
      case 'email':
        return this.mail.send(channel.config, message);
    }
  }
}
