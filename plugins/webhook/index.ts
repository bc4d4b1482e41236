import { defineConnector } from '@millrace/sdk';
import { checkEndpoint } from './check.ts';
import { WebhookConfig } from './config.ts';
import { rowsObject } from './rows-object.ts';

export default defineConnector({
  id: 'webhook',
  title: 'Webhook',
  description: 'Sends rows to an HTTP endpoint, signed as Standard Webhooks describes.',
  version: '1.0.0',
  config: WebhookConfig,
  http: ({ timeoutSeconds }) => ({ timeout: timeoutSeconds * 1_000 }),
  check: checkEndpoint,
  destination: { objects: async ({ config }) => ({ rows: rowsObject(config) }) },
});
