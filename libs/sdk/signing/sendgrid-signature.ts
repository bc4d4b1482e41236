import { createPublicKey, verify as verifyBytes, type KeyObject } from 'node:crypto';
import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { invalidSignature } from './invalid-signature.ts';
import { requireRecent, unixTime } from './require-recent.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/** Milliseconds. SendGrid repeats for 24 hours and does not say that it signs anew; a repeat is told by the events' ids. */
const tolerance = 25 * 3_600_000;

/**
 * Verifies `X-Twilio-Email-Event-Webhook-Signature`: base64 ECDSA (P-256, SHA-256) over timestamp and body, by the account's verification key (base64
 * of its DER). https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export function sendgridSignature<C>(keysOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const keys = secretsIn(keysOf, config).map(publicKey);
    const timestamp = headerOf(delivery, 'x-twilio-email-event-webhook-timestamp');
    requireRecent(unixTime(timestamp) * 1_000, delivery.receivedAt, tolerance);
    const given = Buffer.from(headerOf(delivery, 'x-twilio-email-event-webhook-signature'), 'base64');
    const message = Buffer.concat([Buffer.from(timestamp), delivery.body]);
    if (keys.some((key) => verifyBytes('sha256', message, key, given))) return;
    throw invalidSignature('The signature does not fit the body. Check the verification key.');
  };
}

function publicKey(base64: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw invalidSignature('The verification key of the connection is not a public key. Copy it again from SendGrid.');
  }
}
