import { defineConnector, webhookStreams } from '@millrace/sdk';
import { ShopifyConfig } from './config.ts';
import { registration } from './registration.ts';
import { signIn } from './sign-in.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'shopify',
  title: 'Shopify',
  description: 'Customers, orders, checkouts and consents of a shop, as they happen.',
  version: '1.0.0',
  config: ShopifyConfig,
  http: ({ shopUrl, accessToken }) => ({
    ...(shopUrl !== undefined && { baseURL: shopUrl }),
    ...(accessToken !== undefined && { headers: { 'x-shopify-access-token': accessToken } }),
    rate: '2/s',
  }),
  auth: signIn,
  async check(ctx) {
    const { clientId, accessToken } = ctx.config;
    if (clientId !== undefined || accessToken !== undefined) await registration.status(ctx, '');
  },
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
