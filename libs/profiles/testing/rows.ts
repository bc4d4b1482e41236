import type { PushRow, Row } from '@millrace/sdk';
import { partPrefix, readPart } from '../folding/index.ts';
import { defaultIdentityRules, type IdentityRules } from '../identity/index.ts';
import type { PartRow } from '../writer/index.ts';

export interface Said {
  connection?: string;
  stream?: string;
  key: string;
  /** Day of May 2024; default 1. */
  day?: number;
  run?: string;
  seq?: number;
  rules?: IdentityRules;
}

export const dayOf = (n: number): string => `2024-05-${String(n).padStart(2, '0')}T00:00:00.000Z`;

/** What a record says of a person, as the writer takes it. */
export function rowOf(identities: Row, traits: Row, said: Said): PartRow {
  return read('upsert', { identities, traits }, said);
}

/** That a record is there no more, as the writer takes it. */
export function goneRow(key: string, day: number, said: Partial<Said> = {}): PartRow {
  return read('delete', {}, { ...said, key, day });
}

function read(op: PushRow['op'], record: Row, said: Said): PartRow {
  const { connection = 'con_1', stream = 'people', run = 'run_1', key, day = 1, seq = 0 } = said;
  const source = {
    connection,
    prefix: partPrefix({ connection, stream }),
    run,
    rules: said.rules ?? defaultIdentityRules,
  };
  const row: PushRow = { op, key, at: dayOf(day), seq, record };
  return { part: readPart(row, source) };
}
