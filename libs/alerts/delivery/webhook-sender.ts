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
  return postSigned(network, config, { id, body: JSON.stringify(notice) });
}

/**
 * Posts JSON once, signed as Standard Webhooks says, under an id that stays when it is repeated; what the other side said. Throws unless it
 * answers 2xx within 15 s.
 */
export function postSigned(
  network: Network,
  { url, secret }: WebhookChannelConfig,
  { id, body }: { id: string; body: string },
): Promise<string> {
  return postJson(network, url, body, signedHeaders(id, body, secret, new Date()));
}
