import { MillraceError, type PushRow } from '@millrace/sdk';
import { canonicalJson, readTime } from '#platform';
import {
  readName,
  readNumber,
  readTraits,
  refuseUnknown,
  required,
  said,
  shortHash,
  type PartSource,
} from '../folding/index.ts';
import { identityKey } from '../identity/index.ts';
import type { StoredProduct } from './product.schema.ts';

const known = ['id', 'name', 'price', 'url', 'image', 'properties'];
const longestUrl = 2_000;

export type ProductRow = Omit<StoredProduct, 'v' | 'updatedAt'> & { undated?: boolean };

/** Reads a mapped row. Throws `invalid_row`, `invalid_trait`. */
export function readProduct(row: PushRow, { connection, run }: PartSource): ProductRow {
  const { op, record, key, at, seq, undated } = row;
  const version = { a: readTime(at), s: seq, b: run, ...(undated && { undated }) };
  if (op === 'delete')
    return { ...version, _id: identityKey(connection, key), id: key, h: '~', properties: {}, d: true };
  refuseUnknown(record, 'product', known);
  const content = {
    ...said({
      name: readName(record.name, 'name'),
      price: readNumber(record.price, 'price'),
      url: readUrl(record.url, 'url'),
      image: readUrl(record.image, 'image'),
    }),
    properties: readTraits(record.properties),
  };
  const id = required(readName(record.id, 'id'), 'id');
  return { ...version, _id: identityKey(connection, id), id, ...content, h: shortHash(canonicalJson(content)) };
}

/** Only web addresses: they end up in mails. */
function readUrl(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' && value.length <= longestUrl && /^https?:\/\/[^\s"'<>]+$/i.test(value)) return value;
  throw new MillraceError(
    'invalid_row',
    `"${field}" is not an address that starts with https:// or http://. Map a web address to it.`,
  );
}
