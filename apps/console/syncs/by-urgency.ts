import type { Sync, SyncState } from '../api/index.ts';

/** What needs somebody comes first, then what is going on, then what rests or is well. */
export const states: readonly SyncState[] = [
  'held',
  'failed',
  'disabled',
  'waiting',
  'running',
  'cancelled',
  'paused',
  'new',
  'ok',
];

export function byUrgency(a: Sync, b: Sync): number {
  return states.indexOf(a.state) - states.indexOf(b.state) || a.name.localeCompare(b.name, 'en', { numeric: true });
}
