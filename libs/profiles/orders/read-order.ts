import { MillraceError, type PushRow } from '@millrace/sdk';
import { canonicalJson, readTime, type Version } from '#platform';
import {
  partKey,
  prefixOf,
  readPastMoment,
  readName,
  readNumber,
  readTraits,
  refuseUnknown,
  required,
  said,
  shortHash,
  type PartSource,
} from '../folding/index.ts';
import { identityKey, plainIdentities, readIdentities } from '../identity/index.ts';
import type { Claim } from '../writer/index.ts';
import type { Fields, LineFields, OrderHead, OrderLine } from './order.schema.ts';

const known = ['id', 'identities', 'at', 'total', 'currency', 'status', 'lines', 'line', 'properties'];
const maxLines = 1_000;

/** What one row says: of the order as a whole, of one of its lines, or both. */
export interface OrderRow extends Claim {
  /** `<connection>:<id>`; of a deleted record: the record's key, which may be an order's or a line's. */
  order: string;
  /** The key of the record whose deletion takes back what the row says: the line's, where it has one, else the order's. */
  record: string;
  head?: OrderHead;
  line?: OrderLine;
  deleted: boolean;
  undated?: boolean;
}

/** Reads a mapped row. Throws `invalid_row`, `invalid_identity`, `invalid_trait`. */
export function readOrder({ op, record, key, at, seq, undated }: PushRow, source: PartSource): OrderRow {
  const { connection, prefix, run, rules } = source;
  const version = { a: readTime(at), s: seq, b: run };
  const recordKey = partKey(prefix, key);
  if (op === 'delete') return deletion(identityKey(connection, key), recordKey, version, undated);
  refuseUnknown(record, 'order', known);
  const id = required(readName(record.id, 'id'), 'id');
  const ids = readIdentities(record.identities, connection, rules);
  const fields = headFields(record);
  const lines = record.lines === undefined || record.lines === null ? undefined : readLines(record.lines);
  const line = record.line === undefined || record.line === null ? undefined : readLine(record.line, 'line');
  const saysHead = ids.length > 0 || lines !== undefined || Object.keys(fields).length > 0 || !line;
  return {
    order: identityKey(connection, id),
    record: line ? recordKey : partKey(prefix, id),
    ids,
    who: plainIdentities(record.identities, connection, rules, ids),
    ...(saysHead && {
      head: {
        ...{ ...version, k: prefix, i: ids, f: fields, h: hashOf([ids, fields, lines]) },
        ...(lines && { l: lines }),
        ...(line && { r: true }),
      },
    }),
    ...(line && { line: { ...version, k: recordKey, id: line.id, f: line.fields, h: hashOf(line) } }),
    deleted: false,
    undated,
  };
}

/** That a record was deleted, as a row about an order that may know it. */
export function deletion(
  order: string,
  record: string,
  { a, s, b, o }: Omit<Version, 'h' | 'k'>,
  undated?: boolean,
): OrderRow {
  const gone = { a, s, b, ...(o !== undefined && { o }), h: '~', f: {}, d: true as const };
  return {
    order,
    record,
    ids: [],
    who: [],
    head: { ...gone, k: prefixOf(record), i: [] },
    line: { ...gone, k: record, id: '' },
    deleted: true,
    undated,
  };
}

function headFields(record: PushRow['record']): Fields {
  const properties = readTraits(record.properties);
  return said({
    at: readPastMoment(record.at, 'at'),
    total: readNumber(record.total, 'total'),
    currency: readName(record.currency, 'currency'),
    status: readName(record.status, 'status'),
    properties: Object.keys(properties).length > 0 ? properties : undefined,
  });
}

function readLines(lines: unknown): LineFields[] {
  if (!Array.isArray(lines))
    throw new MillraceError('invalid_row', '"lines" is not a list. Map a list with { each, map } to it.');
  if (lines.length > maxLines) throw new MillraceError('row_too_large', `The order has more than ${maxLines} lines.`);
  return lines.map((line, index) => readLine(line, `lines[${index}]`, String(index + 1)));
}

/** Lines of a list that name themselves not are named by their place. */
function readLine(line: unknown, field: string, place?: string): LineFields {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    throw new MillraceError(
      'invalid_row',
      `"${field}" is not an object. Map to ${field}.id, ${field}.name and the like.`,
    );
  }
  const { id, quantity, price, ...rest } = line as Record<string, unknown>;
  const numbers = said({
    quantity: readNumber(quantity, `${field}.quantity`),
    price: readNumber(price, `${field}.price`),
  });
  return {
    id: required(readName(id, `${field}.id`) ?? place, `${field}.id`),
    fields: { ...readTraits(rest), ...numbers },
  };
}

function hashOf(content: unknown): string {
  return shortHash(canonicalJson(content));
}
