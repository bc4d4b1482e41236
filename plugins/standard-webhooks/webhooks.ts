import { objectOf, standardWebhooks, type Webhooks } from '@millrace/sdk';
import type { StandardWebhooksConfig } from './config.ts';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const webhooks: Webhooks<StandardWebhooksConfig> = {
  verify: standardWebhooks(({ signingSecrets }) => signingSecrets),
  id: ({ headers }) => headers['webhook-id'],
  parse(delivery) {
    const { type, timestamp, ...rest } = objectOf(delivery);
    const data = rest.data ?? rest;
    const at = typeof timestamp === 'string' ? timestamp : undefined;
    const id = delivery.headers['webhook-id'];
    return [{ stream: 'events', record: { id, type, timestamp: at ?? delivery.receivedAt.toISOString(), data }, at }];
  },
};
