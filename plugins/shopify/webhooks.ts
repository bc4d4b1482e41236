import { objectOf, shopifySignature, type Webhooks } from '@millrace/sdk';
import type { ShopifyConfig } from './config.ts';
import { recordsOf } from './records.ts';
import { registration } from './registration.ts';

/** https://shopify.dev/docs/api/webhooks */
export const webhooks: Webhooks<ShopifyConfig> = {
  verify: shopifySignature(({ clientSecrets }) => clientSecrets),
  // One event may be told under several topics: https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates
  id({ headers }) {
    const id = headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id'];
    return id && `${headers['x-shopify-topic'] ?? ''} ${id}`;
  },
  parse: (delivery) => recordsOf(delivery.headers['x-shopify-topic'] ?? '', objectOf(delivery)),
  registration,
};
