import { useFollowed, useGrowingList, type Alert, type List } from '../api/index.ts';

/** Milliseconds between two looks. */
const every = 10_000;
const byTheWay = 60_000;

interface Alerts {
  open: readonly Alert[];
  /** The newest ones, whatever became of them. */
  lately: readonly Alert[];
  known: boolean;
  again: () => void;
}

/** The alerts of all rules. */
export function useAlerts(): Alerts {
  const open = useGrowingList<Alert>('api/alerts?state=open', { every });
  const lately = useFollowed<List<Alert>>('api/alerts?limit=200', { every: byTheWay });
  return {
    open: open.found,
    lately: lately.found?.data ?? [],
    known: open.complete && (lately.found ?? lately.problem) !== undefined,
    again: open.again,
  };
}
