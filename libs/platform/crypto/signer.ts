import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { MillraceError, type Json } from '@millrace/sdk';
import { decodeMasterKey } from './master-key-text.ts';

interface SignerKey {
  derive(purpose: string): Buffer;
}

const linkPurpose = 'signed link';

/**
 * Signs short-lived links and keyed hashes: HMAC-SHA256, with a key of its own for each purpose (HKDF from the master key).
 * Links signed under an old master key stay good until they expire; `hmac` uses the oldest key, so that hashes stored in the
 * database stay findable after a rotation.
 */
export class Signer {
  private readonly keys: SignerKey[];

  /** Keys are base64 of 32 bytes, the current one first. Throws `invalid_settings` otherwise. */
  constructor(masterKey: string, oldMasterKeys: string[] = []) {
    this.keys = [masterKey, ...oldMasterKeys].map(signerKey);
  }

  /** A URL-safe token that holds the payload in clear and is good for `ttlMs` milliseconds. */
  sign(payload: Json, ttlMs: number): string {
    const body = Buffer.from(JSON.stringify({ until: Date.now() + ttlMs, payload })).toString('base64url');
    return `${body}.${this.signatures(body)[0]?.toString('base64url')}`;
  }

  /** The payload. Throws `unauthenticated` when the token was not signed here, `link_expired` when its time is over. */
  verify(token: string): Json {
    const [body = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.signatures(body).some((own) => own.length === given.length && timingSafeEqual(own, given));
    if (!genuine || rest.length > 0) {
      throw new MillraceError('unauthenticated', 'The link was not signed by this server: ask for a new one.');
    }
    const { until, payload } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as {
      until: number;
      payload: Json;
    };
    if (Date.now() >= until) throw new MillraceError('link_expired', 'The link has expired: ask for a new one.');
    return payload;
  }

  /** A keyed hash as hex: the same value under another purpose gives an unrelated one. */
  hmac(purpose: string, value: string): string {
    const oldest = this.keys[this.keys.length - 1];
    if (!oldest) throw new MillraceError('internal', 'The signer has no key.');
    return createHmac('sha256', oldest.derive(purpose)).update(value).digest('hex');
  }

  private signatures(body: string): Buffer[] {
    return this.keys.map((key) => createHmac('sha256', key.derive(linkPurpose)).update(body).digest());
  }
}

function signerKey(masterKey: string): SignerKey {
  const master = decodeMasterKey(masterKey);
  const derived = new Map<string, Buffer>();
  return {
    derive(purpose) {
      const known = derived.get(purpose);
      if (known) return known;
      const key = Buffer.from(hkdfSync('sha256', master, '', `millrace signer v1 ${purpose}`, 32));
      derived.set(purpose, key);
      return key;
    },
  };
}
