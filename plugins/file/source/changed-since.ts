import type { Json, Row } from '@millrace/sdk';

/**
 * Which records an incremental run reads: those whose cursor is at or after the last run's. Numbers that are written as text do not
 * sort as text ("999" > "1000"): such a cursor leaves nothing out.
 */
export function changedSince(cursor: string | undefined, state: Json | undefined): (record: Row) => boolean {
  const last = cursor === undefined ? undefined : lastCursor(state);
  if (cursor === undefined || last === undefined || isNumberText(last)) return () => true;
  return (record) => {
    const value = record[cursor];
    if (typeof value === 'number' && typeof last === 'number') return value >= last;
    return typeof value !== 'string' || typeof last !== 'string' || value >= last;
  };
}

function lastCursor(state: Json | undefined): string | number | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  const { cursor } = state;
  return typeof cursor === 'string' || typeof cursor === 'number' ? cursor : undefined;
}

function isNumberText(value: string | number): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}
