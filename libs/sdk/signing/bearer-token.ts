import { createHash } from 'node:crypto';
import type { Verify } from '../connector/index.ts';
import { headerOf } from './header-of.ts';
import { invalidSignature } from './invalid-signature.ts';
import { sameBytes } from './same-bytes.ts';
import { secretsIn, type SecretsOf } from './secrets-of.ts';

/** Verifies `Authorization: Bearer …` (RFC 6750), for senders that sign nothing. Compared as hashes, so that not even the length shows. */
export function bearerToken<C>(secretsOf: SecretsOf<C>): Verify<C> {
  return (delivery, config) => {
    const tokens = secretsIn(secretsOf, config);
    const [, given = ''] = /^bearer +(\S+)$/i.exec(headerOf(delivery, 'authorization')) ?? [];
    if (tokens.some((token) => sameBytes(hashOf(token), hashOf(given)))) return;
    throw invalidSignature('The token is wrong. Send the one of the connection as `Authorization: Bearer …`.');
  };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
