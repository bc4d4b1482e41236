import type { EventRow } from './read-event.ts';

/** Of each event that a page deletes, the last deletion: by its time, then its place. Most pages have none. */
export function lastDeletions(rows: readonly EventRow[]): Map<string, EventRow> {
  const last = new Map<string, EventRow>();
  for (const row of rows) if (row.deleted && !isEnded(row, last)) last.set(row.event._id, row);
  return last;
}

/** Whether the row's event was deleted after what the row says. */
export function isEnded({ event, a, s }: EventRow, deletions: ReadonlyMap<string, EventRow>): boolean {
  const deletion = deletions.get(event._id);
  return deletion !== undefined && (deletion.a - a || deletion.s - s) > 0;
}
