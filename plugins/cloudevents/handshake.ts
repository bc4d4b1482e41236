import type { HandshakeAnswer, Webhooks } from '@millrace/sdk';
import type { CloudeventsConfig } from './config.ts';

/**
 * The validation request of "HTTP 1.1 Web Hooks for Event Delivery" 1.0, section 4:
 * https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md#4-abuse-protection
 */
export const handshake: Webhooks<CloudeventsConfig>['handshake'] = (
  { method, headers },
  { allowedOrigins, allowedRate },
) => {
  const origin = headers['webhook-request-origin'];
  if (method !== 'OPTIONS' || origin === undefined) return undefined;
  const isAllowed = allowedOrigins === undefined || allowedOrigins.includes(origin);
  const answer: HandshakeAnswer = { status: 200, headers: { allow: 'POST' } };
  // Who may not deliver gets an answer without consent, which is a no.
  if (!isAllowed) return answer;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'webhook-allowed-origin': allowedOrigins === undefined ? '*' : origin,
      'webhook-allowed-rate': String(allowedRate),
    },
  };
};
