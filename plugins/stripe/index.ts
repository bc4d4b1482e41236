import { defineConnector, httpError, webhookStreams } from '@millrace/sdk';
import { StripeConfig } from './config.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'stripe',
  title: 'Stripe',
  description: 'Customers, payments, invoices and subscriptions, as they happen.',
  version: '1.0.0',
  config: StripeConfig,
  http: ({ apiUrl, apiKey }) => ({
    baseURL: apiUrl,
    ...(apiKey !== undefined && { headers: { authorization: `Bearer ${apiKey}` } }),
    rate: '20/s',
  }),
  async check({ config, http, signal }) {
    if (config.apiKey === undefined) return; // nobody to ask: Stripe speaks first
    try {
      await http.get('/v1/webhook_endpoints?limit=1', { signal });
    } catch (error) {
      throw httpError(error);
    }
  },
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
