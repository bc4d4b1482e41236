import { createHmac } from 'node:crypto';
import { MillraceError } from '../errors/index.ts';

/** `whsec_` and 24 to 64 bytes in base64. */
export const signingSecret = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** Headers of a signed message; unsigned without a secret: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function signedHeaders(id: string, body: string, secret: string | undefined, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === undefined) return headers;
  const signature = createHmac('sha256', keyIn(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}

function keyIn(secret: string): Buffer {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new MillraceError(
    'invalid_config',
    `The signing secret has ${key.length} bytes. Use whsec_ followed by 24 to 64 bytes in base64.`,
  );
}
