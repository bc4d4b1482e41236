import { useKept } from '../history/index.ts';

/** How many rows are shown at first, and with each more. */
const step = 100;

/** What somebody looks for in a list; it is kept as `useKept` says. */
export interface Search<Wanted> {
  wanted: Wanted;
  want: (wanted: Wanted) => void;
  /** The rows to be shown of all that match, and how to see more where that is not all. */
  part: <Row>(matching: Row[]) => { shown: Row[]; onMore?: () => void };
}

/** @param everything what is wanted while nobody looks for anything */
export function useSearch<Wanted>(everything: Wanted): Search<Wanted> {
  const [{ wanted, most }, set] = useKept('search', { wanted: everything, most: step });
  const showMore = (): void => set({ wanted, most: most + step });
  return {
    wanted,
    want: (other) => set({ wanted: other, most: step }),
    part: (matching) => ({ shown: matching.slice(0, most), onMore: matching.length > most ? showMore : undefined }),
  };
}
