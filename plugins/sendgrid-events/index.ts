import { defineConnector, webhookStreams } from '@millrace/sdk';
import { SendgridEventsConfig } from './config.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'sendgrid-events',
  title: 'SendGrid events',
  description: 'Opens, clicks, bounces, complaints and unsubscribes of mails that SendGrid sends.',
  version: '1.0.0',
  config: SendgridEventsConfig,
  // SendGrid speaks first: there is nobody to ask.
  check: () => Promise.resolve(),
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
