import type { Sync, SyncState } from '../api/index.ts';
import { hasWords, useSearch, type Search } from '../ui/index.ts';

interface Wanted {
  text: string;
  state?: SyncState;
  label?: string;
}

/** What somebody looks for among the syncs. */
export interface SyncFilter extends Omit<Search<Wanted>, 'want'> {
  want: (change: Partial<Wanted>) => void;
}

export function useSyncFilter(): SyncFilter {
  const search = useSearch<Wanted>({ text: '' });
  return { ...search, want: (change) => search.want({ ...search.wanted, ...change }) };
}

/** Text and label alone: the states are counted among what they leave. */
export function matchesTextAndLabel({ name, slug = '', labels = [] }: Sync, { text, label }: Wanted): boolean {
  return (label === undefined || labels.includes(label)) && hasWords(`${name} ${slug}`, text);
}
