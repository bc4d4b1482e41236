import { createHmac, type BinaryLike } from 'node:crypto';
import { invalidSignature } from './invalid-signature.ts';
import { sameBytes } from './same-bytes.ts';

/** More signatures than a header can have reason for are not looked at. */
const most = 20;

/** Throws `invalid_signature` unless one of the signatures is the HMAC-SHA256 of the message under one of the keys. */
export function requireHmac(keys: BinaryLike[], message: (string | Buffer)[], signatures: Buffer[]): void {
  const expected = keys.map((key) => {
    const hmac = createHmac('sha256', key);
    for (const part of message) hmac.update(part);
    return hmac.digest();
  });
  const given = signatures.slice(0, most);
  if (given.some((signature) => expected.some((right) => sameBytes(right, signature)))) return;
  throw invalidSignature('The signature does not fit the body. Check the signing secret.');
}
