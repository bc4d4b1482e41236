import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { MillraceError, type Json } from '@millrace/sdk';
import { decodeMasterKey } from './master-key-text.ts';

interface VaultKey {
  id: string;
  key: Buffer;
}

const version = 'v1';

/**
 * Encrypts secrets at rest: AES-256-GCM with a key derived from the master key (HKDF-SHA256), a 96-bit nonce each, and
 * `context` as additional data, so that a sealed text opens only in the place it was sealed for.
 * The text is `v1.<key id>.<base64url of nonce, tag, ciphertext>`; old master keys open what they sealed.
 */
export class Vault {
  private readonly current: VaultKey;
  private readonly keys: Map<string, VaultKey>;

  /** Keys are base64 of 32 bytes. Throws `invalid_settings` otherwise. */
  constructor(masterKey: string, oldMasterKeys: string[] = []) {
    this.current = vaultKey(masterKey);
    const all = [this.current, ...oldMasterKeys.map(vaultKey)];
    this.keys = new Map(all.map((key) => [key.id, key]));
  }

  /** @param nonce 12 bytes; given only where equal content has to give equal text: a keyed hash of all that makes texts differ. */
  seal(value: Json, context: string, nonce: Buffer = randomBytes(12)): string {
    const cipher = createCipheriv('aes-256-gcm', this.current.key, nonce);
    cipher.setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return `${version}.${this.current.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws `service_unavailable` when the key is not known here, `internal` when the text was changed or belongs elsewhere. */
  open(sealed: string, context: string): Json {
    const [textVersion, keyId, body] = sealed.split('.');
    if (textVersion !== version || keyId === undefined || body === undefined) throw damaged();
    const key = this.keys.get(keyId);
    if (!key) {
      throw new MillraceError(
        'service_unavailable',
        `A secret was sealed with master key ${keyId}, which is not known here: set MILLRACE_MASTER_KEY to it or add it to MILLRACE_OLD_MASTER_KEYS.`,
      );
    }
    const bytes = Buffer.from(body, 'base64url');
    if (bytes.length < 28) throw damaged();
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
      return JSON.parse(plain.toString('utf8')) as Json;
    } catch (cause) {
      throw damaged(cause);
    }
  }

  /** Whether a text names a key that is known here. */
  knows(sealed: string): boolean {
    return this.keys.has(sealed.split('.')[1] ?? '');
  }

  /** Whether a text was sealed with an old key, and should be sealed again. */
  needsRotation(sealed: string): boolean {
    return sealed.split('.')[1] !== this.current.id;
  }
}

function vaultKey(masterKey: string): VaultKey {
  const master = decodeMasterKey(masterKey);
  const key = Buffer.from(hkdfSync('sha256', master, '', 'millrace vault v1', 32));
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) };
}

function damaged(cause?: unknown): MillraceError {
  return new MillraceError(
    'internal',
    'A stored secret cannot be opened: it was changed, or it belongs to something else. Enter the secrets again.',
    { cause },
  );
}
