import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { requireHmac } from './require-hmac.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/**
 * Verifies `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA256 of the body. GitHub signs no time, so only the delivery's id tells a repeat.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function githubSignature<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const secrets = secretsIn(secretsOf, config);
    const [, hex = ''] = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(delivery, 'x-hub-signature-256')) ?? [];
    requireHmac(secrets, [delivery.body], [Buffer.from(hex, 'hex')]);
  };
}
