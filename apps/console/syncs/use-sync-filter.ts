import { useState } from 'react';
import type { Sync, SyncState } from '../api/index.ts';
import { hasWords } from '../ui/index.ts';

/** How many rows are shown at first, and with each more. */
const step = 100;

interface Wanted {
  text: string;
  state?: SyncState;
  label?: string;
}

/** What somebody looks for among the syncs. It outlives the list, so that it is as it was when one comes back to it. */
export interface SyncFilter {
  wanted: Wanted;
  /** Rows that are shown at most. */
  shown: number;
  want: (change: Partial<Wanted>) => void;
  showMore: () => void;
}

export function useSyncFilter(): SyncFilter {
  const [{ wanted, shown }, set] = useState<{ wanted: Wanted; shown: number }>({ wanted: { text: '' }, shown: step });
  return {
    wanted,
    shown,
    want: (change) => set((before) => ({ wanted: { ...before.wanted, ...change }, shown: step })),
    showMore: () => set((before) => ({ ...before, shown: before.shown + step })),
  };
}

/** Text and label alone: the states are counted among what they leave. */
export function matchesTextAndLabel({ name, slug = '', labels = [] }: Sync, { text, label }: Wanted): boolean {
  return (label === undefined || labels.includes(label)) && hasWords(`${name} ${slug}`, text);
}
