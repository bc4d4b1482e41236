import { createHash } from 'node:crypto';
import type { PushRow } from '@millrace/sdk';

/** One request. The same rows give the same message, so that a receiver recognises a repeat by its id. */
export interface Message {
  id: string;
  body: string;
}

export function batchMessage(batchId: string, rows: PushRow[]): Message {
  const timestamp = rows.map(({ at }) => at).reduce((latest, at) => (at > latest ? at : latest), '');
  return { id: batchId, body: JSON.stringify({ type: 'rows', id: batchId, timestamp, data: rows.map(itemOf) }) };
}

export function rowMessage(run: string, row: PushRow): Message {
  const id = createHash('sha256')
    .update(JSON.stringify([run, row.seq, row.key, row.op]))
    .digest('hex')
    .slice(0, 32);
  return { id, body: JSON.stringify({ type: 'row', id, timestamp: row.at, data: itemOf(row) }) };
}

function itemOf({ op, key, at, record }: PushRow) {
  return { op, key, at, record };
}
