import { useState } from 'react';

/** How many rows are shown at first, and with each more. */
const step = 100;

/** What somebody looks for in a list. It outlives the list, so that it is as it was when one comes back from what was opened. */
export interface Search<Wanted> {
  wanted: Wanted;
  want: (wanted: Wanted) => void;
  /** The rows to be shown of all that match, and how to see more where that is not all. */
  part: <Row>(matching: Row[]) => { shown: Row[]; onMore?: () => void };
}

/** @param everything what is wanted while nobody looks for anything */
export function useSearch<Wanted>(everything: Wanted): Search<Wanted> {
  const [{ wanted, most }, setState] = useState({ wanted: everything, most: step });
  const showMore = (): void => setState((before) => ({ ...before, most: before.most + step }));
  return {
    wanted,
    want: (other) => setState({ wanted: other, most: step }),
    part: (matching) => ({ shown: matching.slice(0, most), onMore: matching.length > most ? showMore : undefined }),
  };
}
