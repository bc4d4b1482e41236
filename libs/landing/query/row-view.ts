import { compilePath, type Row } from '@millrace/sdk';
import { hashOf, type LandedContent } from '../store/index.ts';

/** A landed row as it is shown. */
export interface RowView {
  /** For URLs: a hash of the key. */
  id: string;
  key: string;
  /** ISO time of the change, as the source told it. */
  at: string;
  landedAt: string;
  version: number;
  deleted?: true;
  row: unknown;
}

export type Shown = Pick<LandedContent, 'key' | 'a' | 'n' | 'landedAt' | 'd'>;

export function rowView(rowId: string, { key, a, n, landedAt, d }: Shown, row: unknown): RowView {
  const at = new Date(a).toISOString();
  return { id: hashOf(rowId), key, at, landedAt: landedAt.toISOString(), version: n, ...(d && { deleted: d }), row };
}

/** Only these paths of a row; all of it without any. Throws `invalid_mapping`. */
export function selector(paths: readonly string[] | undefined): (row: Row) => unknown {
  if (!paths || paths.length === 0) return (row) => row;
  const readers = paths.map((path) => ({ path, read: compilePath(path) }));
  return (row) => Object.fromEntries(readers.map(({ path, read }) => [path, read(row)]));
}
