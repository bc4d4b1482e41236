import { configSpec } from '@millrace/sdk';
import { EmailChannelConfig } from './email-config.ts';
import { SlackChannelConfig } from './slack-config.ts';
import { WebhookChannelConfig } from './webhook-config.ts';

export { EmailChannelConfig, SlackChannelConfig, WebhookChannelConfig };

/** What each type of channel wants to know. */
export const channelSpecs = {
  webhook: configSpec(WebhookChannelConfig),
  email: configSpec(EmailChannelConfig),
  slack: configSpec(SlackChannelConfig),
};

export type ChannelType = keyof typeof channelSpecs;
export const channelTypes = Object.keys(channelSpecs) as ChannelType[];

/** A channel's type with its configuration, secrets included: only for sending. */
export type OpenChannel =
  | { type: 'webhook'; config: WebhookChannelConfig }
  | { type: 'email'; config: EmailChannelConfig }
  | { type: 'slack'; config: SlackChannelConfig };
