import { MillraceError, type PushRow } from '@millrace/sdk';
import { canonicalJson, readTime } from '#platform';
import {
  identityMissing,
  partKey,
  plainJson,
  readMoment,
  readName,
  refuseUnknown,
  required,
  shortHash,
  type PartSource,
} from '../folding/index.ts';
import { parseIdentity, readIdentities } from '../identity/index.ts';
import type { ConsentState, StoredConsent } from './consent.schema.ts';

const known = ['identity', 'identities', 'channel', 'purpose', 'state', 'at', 'evidence'];

export type ConsentRow = Omit<StoredConsent, 'v' | 'updatedAt'> & { undated?: boolean };

/**
 * The choices that a mapped row tells: one for each identity it names. The newest explicit choice wins; an undated "granted" loses against
 * whatever is known, an undated "denied" counts from when it was seen. Deletions in the source change no choice (gives none).
 */
export function readConsents(
  { op, record, key, at }: PushRow,
  { connection, prefix, run, rules }: PartSource,
): ConsentRow[] {
  if (op === 'delete') return [];
  refuseUnknown(record, known);
  const identities = readIdentities(record.identities, connection, rules);
  if (record.identity !== undefined && record.identity !== null) identities.push(parseIdentity(record.identity, rules));
  if (identities.length === 0) throw identityMissing();
  const channel = readWord(record.channel, 'channel');
  const purpose = readWord(record.purpose ?? 'marketing', 'purpose');
  const state = readState(record.state);
  const moment = readMoment(record.at, 'at');
  const evidence =
    record.evidence === undefined || record.evidence === null ? undefined : plainJson(record.evidence, 'evidence');
  const choice = {
    channel,
    purpose,
    state,
    ...(moment && { at: new Date(readTime(moment)) }),
    ...(evidence !== undefined && { evidence }),
  };
  const undatedTime = state === 'granted' ? 0 : readTime(at);
  return [...new Set(identities)].map((identity) => ({
    _id: `${identity}|${channel}|${purpose}`,
    identity,
    ...choice,
    k: partKey(prefix, key),
    a: moment ? readTime(moment) : undatedTime,
    // Of two choices of one moment the strict one wins: places of different streams, and later runs, say nothing.
    o: '',
    s: state === 'denied' ? 1 : 0,
    b: run,
    h: shortHash(canonicalJson([state, evidence ?? null])),
    undated: moment === undefined,
  }));
}

function readState(value: unknown): ConsentState {
  if (value === 'granted' || value === true) return 'granted';
  if (value === 'denied' || value === false) return 'denied';
  throw new MillraceError(
    'invalid_row',
    '"state" is neither granted nor denied (nor true nor false). Map the source\'s own words to these two, e.g. with | lookup.',
  );
}

function readWord(value: unknown, field: string): string {
  const word = required(readName(value, field), field).toLowerCase();
  if (/^[a-z0-9][a-z0-9_.-]{0,63}$/.test(word)) return word;
  throw new MillraceError(
    'invalid_row',
    `"${field}" is not a word of letters, digits, "_", "." and "-", such as email or newsletter.`,
  );
}
