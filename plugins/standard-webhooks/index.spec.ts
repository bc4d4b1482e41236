import { Webhook } from 'standardwebhooks';
import type { Delivery } from '@millrace/sdk';
import { fixtureOptions, testConnector, type WebhookOptions } from '@millrace/sdk/testing';
import type { StandardWebhooksConfig } from './config.ts';
import connector from './index.ts';

/** As the reference library signs. */
function sign({ headers, body, receivedAt }: Delivery, config: unknown): Record<string, string> {
  const [secret = ''] = (config as StandardWebhooksConfig).signingSecrets;
  return {
    'webhook-timestamp': String(Math.floor(receivedAt.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(headers['webhook-id'] ?? '', receivedAt, body.toString()),
  };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...(options.webhook as WebhookOptions), sign },
  streams: { events: { records: 2 } },
});
