import { defineConnector, webhookStreams } from '@millrace/sdk';
import { CloudeventsConfig } from './config.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'cloudevents',
  title: 'CloudEvents',
  description: 'Takes in CloudEvents 1.0 over HTTP: structured, binary and in batches.',
  version: '1.0.0',
  config: CloudeventsConfig,
  // The sender speaks first: there is nobody to ask.
  check: () => Promise.resolve(),
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
