import type { Page } from '@millrace/sdk';
import type { MappedPage, MappedRow } from '../engine/rows/row-mapper.ts';

/** What a page that reports deletions says of the same records besides: the last change counts. */
export interface PageDeletions {
  /** Rows of records that were deleted later. */
  outdated: Set<MappedRow>;
  /** By key, rows of records that were deleted before. */
  remade: Map<string, MappedRow>;
  /** Keys of records of which the deletion is the last that is told. */
  gone: Set<string>;
}

/** A deletion comes after the record, unless both tell when, and it was before. */
export function deletionsIn(
  { records, deletes = [], times }: Page,
  { mapped, refused }: Pick<MappedPage, 'mapped' | 'refused'>,
): PageDeletions {
  const found: PageDeletions = { outdated: new Set(), remade: new Map(), gone: new Set() };
  if (deletes.length === 0) return found;
  const deleted = new Map<string, string>();
  const timeOf = ({ index }: { index: number }): string => times?.records[index] ?? '';
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
    if (gone >= timeOf(row)) found.outdated.add(row);
    else found.remade.set(key, row);
  }
  const remadeButRefused = new Set(
    refused.flatMap((row) => (timeOf(row) > (deleted.get(row.key ?? '') ?? never) ? (row.key ?? []) : [])),
  );
  for (const key of deleted.keys()) if (!found.remade.has(key) && !remadeButRefused.has(key)) found.gone.add(key);
  return found;
}

/** Later than any time of change. */
const never = '~';

/** As the source names it; undefined where no output wants the row. */
export function keyOf({ rows }: Pick<MappedRow, 'rows'>): string | undefined {
  return rows.find((row) => row !== null)?.key;
}
