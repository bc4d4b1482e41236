import { useGrowingList, type Alert } from '../api/index.ts';

/** Milliseconds between two looks. */
const every = 10_000;

interface Alerts {
  open: readonly Alert[];
  known: boolean;
  again: () => void;
}

/** The open alerts of all rules. */
export function useAlerts(): Alerts {
  const { found: open, complete: known, again } = useGrowingList<Alert>('api/alerts?state=open', { every });
  return { open, known, again };
}
