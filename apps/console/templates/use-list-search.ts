import { useState } from 'react';

/** How many rows are shown at first, and with each more. */
const step = 100;

/** What somebody looks for in a list. It outlives the list, so that it is as it was when one comes back from what was opened. */
export interface ListSearch {
  wanted: string;
  /** Rows that are shown at most. */
  shown: number;
  search: (wanted: string) => void;
  showMore: () => void;
}

export function useListSearch(): ListSearch {
  const [state, setState] = useState({ wanted: '', shown: step });
  return {
    ...state,
    search: (wanted) => setState({ wanted, shown: step }),
    showMore: () => setState((before) => ({ ...before, shown: before.shown + step })),
  };
}
