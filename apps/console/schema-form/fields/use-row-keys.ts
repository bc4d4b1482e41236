import { useState } from 'react';

interface RowKeys {
  keys: readonly number[];
  /** A row is taken away. */
  drop: (index: number) => void;
}

/** Keys of rows that have no name of their own: a row that is taken away takes what belongs to it along. */
export function useRowKeys(count: number): RowKeys {
  const [{ keys, next }, setState] = useState({ keys: Array.from({ length: count }, (_, i) => i), next: count });
  const missing = Math.max(0, count - keys.length);
  const all = [...keys.slice(0, count), ...Array.from({ length: missing }, (_, i) => next + i)];
  const drop = (index: number) => setState({ keys: all.toSpliced(index, 1), next: next + missing });
  return { keys: all, drop };
}
