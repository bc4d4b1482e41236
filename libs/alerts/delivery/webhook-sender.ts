import { signedHeaders } from '@millrace/sdk';
import type { Network } from '#platform';
import type { WebhookChannelConfig } from '../channels/types/index.ts';
import { postJson } from './post-json.ts';
import type { Outgoing } from './outgoing.ts';

/** Posts the notice as JSON, signed as Standard Webhooks says. */
export function sendToWebhook(
  network: Network,
  config: WebhookChannelConfig,
  { id, notice }: Outgoing,
): Promise<string> {
  const body = JSON.stringify(notice);
  return postJson(network, config.url, body, signedHeaders(id, body, config.secret, new Date()));
}
