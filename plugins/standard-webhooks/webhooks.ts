import { certainEpochTime, messageId, objectOf, standardWebhooks, type Webhooks } from '@millrace/sdk';
import type { StandardWebhooksConfig } from './config.ts';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const webhooks: Webhooks<StandardWebhooksConfig> = {
  verify: standardWebhooks(({ signingSecrets }) => signingSecrets),
  id: messageId,
  parse(delivery) {
    const { type, timestamp, ...rest } = objectOf(delivery);
    const data = rest.data ?? rest;
    const at = timeOf(timestamp) ?? timeOf(rest.created_at);
    const id = messageId(delivery);
    return [{ stream: 'events', record: { id, type, timestamp: at ?? delivery.receivedAt.toISOString(), data }, at }];
  },
};

/** The standard wants a text; OpenAI counts seconds, Clerk milliseconds. */
function timeOf(told: unknown): string | undefined {
  if (typeof told === 'string') return told || undefined;
  const time = typeof told === 'number' ? certainEpochTime(told) : undefined;
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
