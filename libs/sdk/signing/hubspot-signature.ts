import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { requireHmac } from './require-hmac.ts';
import { requireRecent, unixTime } from './require-recent.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/** What HubSpot signs plain although the address has it encoded. */
const decoded = new Map([
  ['%3A', ':'],
  ['%2F', '/'],
  ['%3F', '?'],
  ['%40', '@'],
  ['%21', '!'],
  ['%24', '$'],
  ['%27', "'"],
  ['%28', '('],
  ['%29', ')'],
  ['%2A', '*'],
  ['%2C', ','],
  ['%3B', ';'],
]);

/**
 * Verifies `X-HubSpot-Signature-v3`: base64 HMAC-SHA256 of method, address, body and `X-HubSpot-Request-Timestamp` (milliseconds) by the app's client
 * secret. https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function hubspotSignature<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const secrets = secretsIn(secretsOf, config);
    const timestamp = headerOf(delivery, 'x-hubspot-request-timestamp');
    requireRecent(unixTime(timestamp), delivery.receivedAt);
    const given = Buffer.from(headerOf(delivery, 'x-hubspot-signature-v3'), 'base64');
    requireHmac(secrets, [delivery.method, signedAddress(delivery.url), delivery.body, timestamp], [given]);
  };
}

function signedAddress(url: string): string {
  const [address = ''] = url.split('#', 1);
  return address.replace(/%[0-9a-f]{2}/gi, (escape) => decoded.get(escape.toUpperCase()) ?? escape);
}
