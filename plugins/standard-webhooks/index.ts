import { defineConnector, webhookStreams } from '@millrace/sdk';
import { StandardWebhooksConfig } from './config.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'standard-webhooks',
  title: 'Standard Webhooks',
  description: 'Takes in what any sender of Standard Webhooks delivers.',
  version: '1.0.0',
  config: StandardWebhooksConfig,
  // The sender speaks first: there is nobody to ask.
  check: () => Promise.resolve(),
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
