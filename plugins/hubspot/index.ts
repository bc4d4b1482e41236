import { defineConnector, webhookStreams } from '@millrace/sdk';
import { HubspotConfig } from './config.ts';
import { registration } from './registration.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'hubspot',
  title: 'HubSpot',
  description: 'Changes of contacts and other objects, as they happen.',
  version: '1.0.0',
  config: HubspotConfig,
  http: ({ apiUrl }) => ({ baseURL: apiUrl, rate: '5/s' }),
  async check(ctx) {
    if (ctx.config.developerKey !== undefined) await registration.status(ctx, '');
  },
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
