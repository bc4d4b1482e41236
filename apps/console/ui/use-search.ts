import { useState } from 'react';

/** How many rows are shown at first, and with each more. */
const step = 100;

/** What somebody looks for in a list. It outlives the list, so that it is as it was when one comes back from what was opened. */
export interface Search<Wanted> {
  wanted: Wanted;
  /** Rows that are shown at most. */
  shown: number;
  want: (wanted: Wanted) => void;
  showMore: () => void;
}

/** @param everything what is wanted while nobody looks for anything */
export function useSearch<Wanted>(everything: Wanted): Search<Wanted> {
  const [state, setState] = useState({ wanted: everything, shown: step });
  return {
    ...state,
    want: (wanted) => setState({ wanted, shown: step }),
    showMore: () => setState((before) => ({ ...before, shown: before.shown + step })),
  };
}
