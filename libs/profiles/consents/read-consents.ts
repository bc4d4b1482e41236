import { MillraceError, type PushRow, type Row } from '@millrace/sdk';
import { canonicalJson, readTime } from '#platform';
import {
  identityMissing,
  partKey,
  plainJson,
  readName,
  readPastMoment,
  refuseUnknown,
  shortHash,
  type PartSource,
} from '../folding/index.ts';
import {
  nationalNumbers,
  parseIdentity,
  plainIdentityRules,
  readIdentities,
  type IdentityKey,
  type IdentityRules,
} from '../identity/index.ts';
import { consentId, type ConsentState, type ConsentStatement } from './consent.schema.ts';
import { beforeEveryTime } from './fold-statements.ts';
import { readWord } from './word.ts';

const known = ['identity', 'identities', 'channel', 'purpose', 'state', 'at', 'source', 'wording', 'evidence'];

/** A choice of one identity on its way into the store. */
export interface ConsentRow {
  /** `<identity>|<channel>|<purpose>` */
  consent: string;
  identity: IdentityKey;
  channel: string;
  purpose: string;
  statement: ConsentStatement;
  /** ISO time at which the record said so; absent where the choice is made here. */
  seen?: string;
  undated?: boolean;
  /** All whom the row names, read without any policy and without country codes: somebody may have been erased before the policy was what it is. */
  who?: IdentityKey[];
}

/**
 * The choices that a mapped row tells: one for each identity it names. The newest explicit choice wins; an undated "granted" loses against
 * whatever is known, an undated "denied" counts from when it was seen, or seen again after a "granted". Deletions in the source change no choice (gives none).
 */
export function readConsents(
  { op, record, key, at }: PushRow,
  { connection, prefix, run, rules }: PartSource,
): ConsentRow[] {
  if (op === 'delete') return [];
  refuseUnknown(record, 'consent', known);
  const identities = namedBy(record, connection, rules);
  if (identities.length === 0) throw identityMissing();
  const state = readState(record.state);
  const moment = readPastMoment(record.at, 'at');
  const statement = statementOf({
    k: partKey(prefix, key),
    run,
    state,
    moment,
    seen: at,
    source: readName(record.source, 'source'),
    wording: readName(record.wording, 'wording'),
    evidence: record.evidence,
  });
  const who = rules.isPlain ? undefined : whoever(record, connection, rules, identities);
  const channel = readWord(record.channel, 'channel');
  const purpose = readWord(record.purpose ?? 'marketing', 'purpose');
  return [...new Set(identities)].map((identity) => ({
    consent: consentId(identity, channel, purpose),
    identity,
    channel,
    purpose,
    statement,
    seen: at,
    undated: moment === undefined,
    ...(who && { who }),
  }));
}

export interface Choice {
  k: string;
  /** The run, or whatever else brought it. */
  run: string;
  state: ConsentState;
  /** ISO time of the choice; absent: the source tells none. */
  moment?: string;
  /** ISO time at which it was seen. */
  seen: string;
  source?: string;
  wording?: string;
  evidence?: unknown;
  by?: string;
}

/** Throws `invalid_row` for times that are none, `invalid_trait` for evidence that is not JSON. */
export function statementOf({ k, run, state, moment, seen, source, wording, evidence, by }: Choice): ConsentStatement {
  const proof = evidence === undefined || evidence === null ? undefined : plainJson(evidence, 'evidence');
  const undatedTime = state === 'granted' ? beforeEveryTime : readTime(seen);
  return {
    k,
    state,
    ...(moment !== undefined && { at: new Date(readTime(moment)) }),
    ...(source !== undefined && { source }),
    ...(wording !== undefined && { wording }),
    ...(proof !== undefined && { evidence: proof }),
    ...(by !== undefined && { by }),
    a: moment === undefined ? undatedTime : readTime(moment),
    // Of two choices of one moment the strict one wins: places of different streams, and later runs, say nothing.
    o: '',
    s: state === 'denied' ? 1 : 0,
    b: run,
    h: shortHash(canonicalJson([state, moment ?? null, source ?? null, wording ?? null, proof ?? null])),
  };
}

function namedBy({ identities, identity }: Row, connection: string, rules: IdentityRules): IdentityKey[] {
  const named = readIdentities(identities, connection, rules);
  if (identity !== undefined && identity !== null) named.push(parseIdentity(identity, rules, 'identity'));
  return named;
}

/** All who may have been erased under another policy. */
function whoever(record: Row, connection: string, { policy }: IdentityRules, named: IdentityKey[]): IdentityKey[] {
  const numbers = named.flatMap((identity) => nationalNumbers(identity, policy));
  return [...namedBy(record, connection, plainIdentityRules), ...numbers];
}

function readState(value: unknown): ConsentState {
  if (value === 'granted' || value === true) return 'granted';
  if (value === 'denied' || value === false) return 'denied';
  throw new MillraceError(
    'invalid_row',
    '"state" is neither granted nor denied (nor true nor false). Map the source\'s own words to these two, e.g. with | lookup.',
  );
}
