import { useMemo } from 'react';
import { useGrowingList, type ConnectionSummary, type Sync } from '../api/index.ts';

/** Tells a sync's two ends in the names that people gave; until those are there, as the API has them. */
export function useEnds(): (sync: Sync) => { from: string; to: string } {
  const { found } = useGrowingList<ConnectionSummary>('api/connections');
  return useMemo(() => {
    const names = new Map(found.map(({ id, name }) => [id, name]));
    const called = (connection: string) => names.get(connection) ?? connection;
    return ({ from, to }) => ({
      from: `${called(from.connection)} · ${from.stream}`,
      to: `${called(to.connection)}${to.object === undefined ? '' : ` · ${to.object}`}`,
    });
  }, [found]);
}
