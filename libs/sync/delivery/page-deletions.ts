import type { Page } from '@millrace/sdk';
import type { MappedRow } from '../engine/row-mapper.ts';

/** What a page that reports deletions says of the same records besides: the last change counts. */
export interface PageDeletions {
  /** Rows of records that were deleted later. */
  outdated: Set<MappedRow>;
  /** By key, rows of records that were deleted before. */
  remade: Map<string, MappedRow>;
}

/** A deletion comes after the record, unless both tell when, and it was before. */
export function deletionsIn({ records, deletes = [], times }: Page, mapped: MappedRow[]): PageDeletions {
  const found: PageDeletions = { outdated: new Set(), remade: new Map() };
  if (deletes.length === 0) return found;
  const deleted = new Map<string, string>();
  for (const row of mapped) {
    const key = keyOf(row);
    if (row.index < records.length || key === undefined) continue;
    const at = times?.deletes?.[row.index - records.length] ?? never;
    if (at >= (deleted.get(key) ?? at)) deleted.set(key, at);
  }
  for (const row of mapped) {
    const key = keyOf(row);
    const gone = key === undefined ? undefined : deleted.get(key);
    if (row.index >= records.length || key === undefined || gone === undefined) continue;
    if (gone >= (times?.records[row.index] ?? '')) found.outdated.add(row);
    else found.remade.set(key, row);
  }
  return found;
}

/** Later than any time of change. */
const never = '~';

function keyOf({ rows }: MappedRow): string | undefined {
  return rows.find((row) => row !== null)?.key;
}
