import type { PushRow } from '@millrace/sdk';
import { contentHash, hashText, readTime, type Version } from '#platform';
import {
  identityMissing,
  partKey,
  readName,
  readPastMoment,
  readTraits,
  refuseUnknown,
  required,
  type PartSource,
} from '../folding/index.ts';
import { plainIdentities, readIdentities } from '../identity/index.ts';
import type { Claim } from '../writer/index.ts';
import type { StoredEvent } from './event.schema.ts';

const known = ['id', 'name', 'at', 'identities', 'properties'];

export interface EventRow extends Claim, Pick<Version, 'a' | 's'> {
  event: Omit<StoredEvent, 'p'>;
  deleted: boolean;
}

/** Reads a mapped row; an event without a time of its own has that of its record. Throws `invalid_row`, `identity_missing`, `invalid_trait`. */
export function readEvent(
  { op, record, key, at, seq: s }: PushRow,
  { connection, prefix, run, rules }: PartSource,
): EventRow {
  const named = { k: partKey(prefix, key), b: run };
  const a = readTime(at);
  if (op === 'delete') {
    const _id = hashText(JSON.stringify([connection, key]));
    return {
      ids: [],
      who: [],
      event: { ...named, _id, name: '', at: new Date(a), properties: {} },
      deleted: true,
      a,
      s,
    };
  }
  refuseUnknown(record, 'event', known);
  const name = required(readName(record.name, 'name'), 'name');
  const id = readName(record.id, 'id');
  const ids = readIdentities(record.identities, connection, rules);
  if (ids.length === 0) throw identityMissing();
  const who = plainIdentities(record.identities, connection, rules, ids);
  const moment = readPastMoment(record.at, 'at') ?? at;
  const properties = readTraits(record.properties);
  const _id =
    id === undefined
      ? contentHash([connection, name, moment, who, properties])
      : hashText(JSON.stringify([connection, id]));
  return { ids, who, event: { ...named, _id, name, at: new Date(readTime(moment)), properties }, deleted: false, a, s };
}
