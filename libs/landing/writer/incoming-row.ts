import { compilePath, MillraceError, type PushRow, type Row } from '@millrace/sdk';
import { contentHash, readTime } from '#platform';
import { rowId, type Dataset, type LandedRow } from '../store/index.ts';

const maxBytes = 12_000_000;

/** A row on its way into the landing. */
export type IncomingRow = Pick<LandedRow, '_id' | 'key' | 'a' | 's' | 'b' | 'h' | 'json' | 'bytes' | 'd' | 'gone'> & {
  undated?: boolean;
};

/** Hash of a tombstone: greater than any other, so that of two versions with equal time and place the deletion wins. */
const tombstoneHash = '~';

/** Throws `invalid_row` and `row_too_large`. */
export function readIncoming(
  { op, record, key, at, seq, undated }: PushRow,
  dataset: Pick<Dataset, '_id' | 'key'>,
  run: string,
): IncomingRow {
  const named = { _id: rowId(dataset._id, key), key, a: readTime(at), s: seq, b: run, ...(undated && { undated }) };
  if (op === 'delete') {
    return { ...named, h: tombstoneHash, json: 'null', bytes: 0, d: true, gone: keyValues(record, dataset.key, key) };
  }
  const { row } = record;
  if (typeof row !== 'object' || row === null)
    throw new MillraceError('invalid_row', 'There is no row to land. Map it whole: { "row": "$" }.');
  const json = JSON.stringify(row);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes)
    throw new MillraceError('row_too_large', `The row has ${bytes} bytes as JSON; the landing takes ${maxBytes}.`);
  return { ...named, h: contentHash(row), json, bytes };
}

/** A deleted row comes with the fields of its key, or whole. */
function keyValues(record: Row, fields: string[], key: string): (string | number)[] {
  const whole = (typeof record.row === 'object' && record.row !== null ? record.row : record) as Row;
  const values = fields.map((field) => (Object.hasOwn(whole, field) ? whole[field] : compilePath(field)(whole)));
  const known = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  return known.length > 0 && known.length === fields.length ? known : [key];
}
