import { hash } from 'node:crypto';
import { MillraceError, type PushRow } from '@millrace/sdk';
import { readTime } from '#platform';
import { readIdentities, type IdentityKey, type IdentityRules } from '../identity/index.ts';
import { maxProfileBytes, profileTooLarge } from './limits.ts';
import { partKey } from './part-key.ts';
import type { Part, Traits } from './part.ts';
import { readTraits } from './traits.ts';

/** The source of rows, with what is the same for all of them. */
export interface PartSource {
  connection: string;
  /** `partPrefix` of connection and stream. */
  prefix: string;
  run: string;
  /** How identities are read. */
  rules: IdentityRules;
}

/** Hash of a tombstone: greater than any other, so that of two versions with equal time and place the deletion wins. */
export const tombstoneHash = '~';

/** What a mapped row says about a person. Throws `invalid_identity`, `identity_blocked`, `identity_missing`, `invalid_trait`, `profile_too_large`, `invalid_row`. */
export function readPart({ op, record, key, at, seq }: PushRow, { connection, prefix, run, rules }: PartSource): Part {
  const k = partKey(prefix, key);
  const a = readTime(at);
  if (op === 'delete') return { k, a, s: seq, b: run, h: tombstoneHash, n: 0, i: [], t: {}, d: true };
  const i = readIdentities(record.identities, connection, rules);
  if (i.length === 0) throw identityMissing();
  const t = readTraits(record.traits);
  const { h, n } = digest(t, i);
  return { k, a, s: seq, b: run, h, n, i, t };
}

/** Hash and size of what a part says; the names of the traits are sorted. Throws `profile_too_large`. */
export function digest(t: Traits, i: IdentityKey[]): Pick<Part, 'h' | 'n'> {
  const text = JSON.stringify([t, i]);
  const n = Buffer.byteLength(text);
  if (n > maxProfileBytes) throw profileTooLarge();
  return { h: shortHash(text), n };
}

/** 96 bits of SHA-256: enough to tell versions of one part apart. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16);
}

export function identityMissing(): MillraceError {
  return new MillraceError(
    'identity_missing',
    'The row names nobody: all its identities are empty. Map a field that is always there to identities.$source, identities.email or another kind.',
  );
}
