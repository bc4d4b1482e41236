import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { listOf, textAfter, hashKey, sameSecret, Settings, type List, type PageQuery } from '#platform';
import type { Role } from '../roles/role.ts';
import type { KeyHolder } from './current-key.ts';
import { KeyStore } from './key-store.ts';
import { KeyUses } from './key-uses.ts';
import { newKeyText, readKeyText, writeKeyText } from './key-text.ts';
import type { StoredKey } from './key.schema.ts';
import { VerifiedKeys } from './verified-keys.ts';

export interface KeyView extends KeyHolder {
  createdAt: string;
  createdBy?: string;
  lastUsedAt?: string;
  revokedAt?: string;
  expiresAt?: string;
}

export interface WantedKey {
  name: string;
  role: Role;
  /** ISO time: from then on it is refused. */
  expiresAt?: string;
}

export interface NewKey extends KeyHolder {
  /** The key's text: shown now and never again. */
  key: string;
}

/** A fixed id, so that of several processes that start at once only one makes the first key. */
const firstAdminId = 'key_admin';
const settingsHolder: KeyHolder = { id: 'key_settings', name: 'MILLRACE_ADMIN_KEY', role: 'admin' };

/** API keys: made, revoked, listed and verified. */
@Injectable()
export class KeysService {
  readonly #verified = new VerifiedKeys();

  constructor(
    private readonly store: KeyStore,
    private readonly uses: KeyUses,
    private readonly settings: Settings,
  ) {}

  /** @param createdBy id of the key that asks. Throws `bad_request` for an expiry that is over. */
  async create({ name, role, expiresAt }: WantedKey, createdBy?: string): Promise<NewKey> {
    if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now())
      throw new MillraceError('bad_request', '`expiresAt` is over already: give a time in the future, or none.');
    const text = newKeyText();
    const expiry = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) };
    await this.store.insert({ ...stored(text, name, role, createdBy), ...expiry });
    return { id: text.id, name, role, key: writeKeyText(text) };
  }

  /** It stops working here at once, in other processes within 10 s. Throws `not_found`. */
  async revoke(id: string): Promise<void> {
    const revoked = await this.store.revoke(id);
    this.#verified.forget(id);
    if (!revoked) {
      throw new MillraceError('not_found', `There is no key "${id}" in use. GET /api/keys lists the ids (key_…).`);
    }
  }

  async list({ after, limit }: Pick<PageQuery, 'after' | 'limit'>): Promise<List<KeyView>> {
    const keys = await this.store.page(textAfter(after), limit + 1);
    return listOf(keys, limit, viewOf, ({ _id }) => _id);
  }

  /**
   * Makes the first admin key when there is none yet, and returns its text: this one time only. With `MILLRACE_ADMIN_KEY` set none is made,
   * since that one is accepted as it stands.
   */
  async ensureAdmin(): Promise<string | undefined> {
    if (this.settings.adminKey !== undefined) return undefined;
    const text = newKeyText(firstAdminId);
    const made = await this.store.insert(stored(text, 'first admin key', 'admin'));
    return made ? writeKeyText(text) : undefined;
  }

  /** Whose key this is; undefined when it is wrong, unknown, expired or revoked. */
  async verify(text: string): Promise<KeyHolder | undefined> {
    if (this.settings.adminKey !== undefined && sameSecret(text, this.settings.adminKey)) return settingsHolder;
    const given = readKeyText(text);
    if (!given) return undefined;
    const cacheKey = hashKey(text);
    const known = this.#verified.find(cacheKey);
    if (known) return known;
    const key = await this.store.findActive(given.id);
    if (!key || !sameSecret(hashKey(given.secret), key.hash)) return undefined;
    if (key.expiresAt && key.expiresAt.getTime() <= Date.now()) return undefined;
    const holder = { id: key._id, name: key.name, role: key.role };
    this.#verified.remember(cacheKey, holder, key.expiresAt);
    this.uses.note(key._id);
    return holder;
  }
}

function stored(
  { id, secret }: { id: string; secret: string },
  name: string,
  role: Role,
  createdBy?: string,
): StoredKey {
  return { _id: id, name, role, hash: hashKey(secret), createdAt: new Date(), ...(createdBy && { createdBy }) };
}

function viewOf(key: StoredKey): KeyView {
  return {
    id: key._id,
    name: key.name,
    role: key.role,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    lastUsedAt: key.lastUsedAt?.toISOString(),
    revokedAt: key.revokedAt?.toISOString(),
    expiresAt: key.expiresAt?.toISOString(),
  };
}
