import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { requireHmac } from './require-hmac.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/**
 * Verifies `X-Shopify-Hmac-SHA256`: base64 HMAC-SHA256 of the body by the app's client secret. Shopify signs no time, so only the event's id tells a
 * repeat. https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin-of-your-webhook-to-ensure-its-coming-from-shopify
 */
export function shopifySignature<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const secrets = secretsIn(secretsOf, config);
    const given = Buffer.from(headerOf(delivery, 'x-shopify-hmac-sha256'), 'base64');
    requireHmac(secrets, [delivery.body], [given]);
  };
}
