import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { requireHmac } from './require-hmac.ts';
import { requireRecent, unixTime } from './require-recent.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/**
 * Verifies `Stripe-Signature: t=…,v1=…`: hex HMAC-SHA256 of `t.body` by the endpoint's whole secret. Several `v1` while a secret is rolled;
 * other schemes are left aside. https://docs.stripe.com/webhooks#verify-manually
 */
export function stripeSignature<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const secrets = secretsIn(secretsOf, config);
    const pairs = headerOf(delivery, 'stripe-signature')
      .split(',')
      .map((pair) => pair.trim().split('=', 2));
    const timestamp = pairs.find(([name]) => name === 't')?.[1] ?? '';
    requireRecent(unixTime(timestamp) * 1_000, delivery.receivedAt);
    const given = pairs.filter(([name]) => name === 'v1').map(([, hex = '']) => Buffer.from(hex, 'hex'));
    requireHmac(secrets, [`${timestamp}.`, delivery.body], given);
  };
}
