import { createPublicKey, verify as verifyBytes } from 'node:crypto';
import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { invalidSignature } from './invalid-signature.ts';
import { messagePrefix } from './message-headers.ts';
import { requireHmac } from './require-hmac.ts';
import { requireRecent, unixTime } from './require-recent.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/** `whsec_` and a symmetric secret of 24 to 64 bytes, or `whpk_` and a public ed25519 key, both in base64. */
export const verificationSecret = /^(whsec_[A-Za-z0-9+/]{32,86}|whpk_[A-Za-z0-9+/]{43})={0,2}$/;

/** What comes before the 32 bytes of an ed25519 key in DER (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Verifies deliveries of Standard Webhooks: `v1` (HMAC) by secrets `whsec_…`, `v1a` (ed25519) by keys `whpk_…`, any of several in the header.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function standardWebhooks<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const secrets = secretsIn(secretsOf, config);
    const prefix = messagePrefix(delivery);
    const id = headerOf(delivery, `${prefix}-id`);
    const timestamp = headerOf(delivery, `${prefix}-timestamp`);
    requireRecent(unixTime(timestamp) * 1_000, delivery.receivedAt);
    const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), delivery.body]);
    const given = headerOf(delivery, `${prefix}-signature`).split(' ').slice(0, 20);
    if (isSignedByKey(secrets, signed, signaturesIn(given, 'v1a'))) return;
    requireHmac(keysIn(secrets, 'whsec_'), [signed], signaturesIn(given, 'v1'));
  };
}

function isSignedByKey(secrets: string[], signed: Buffer, signatures: Buffer[]): boolean {
  return keysIn(secrets, 'whpk_').some((bytes) => {
    if (bytes.length !== 32) throw invalidSignature('A public key of the connection has not 32 bytes.');
    const key = createPublicKey({ key: Buffer.concat([ed25519Prefix, bytes]), format: 'der', type: 'spki' });
    return signatures.some((signature) => verifyBytes(null, signed, key, signature));
  });
}

function keysIn(secrets: string[], prefix: string): Buffer[] {
  return secrets
    .filter((secret) => secret.startsWith(prefix))
    .map((secret) => Buffer.from(secret.slice(prefix.length), 'base64'));
}

function signaturesIn(given: string[], version: string): Buffer[] {
  return given
    .filter((one) => one.startsWith(`${version},`))
    .map((one) => Buffer.from(one.slice(version.length + 1), 'base64'));
}
