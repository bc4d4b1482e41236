import { useCallback, useMemo } from 'react';
import { useGrowingList, type ConnectionSummary, type RecordRef } from '../api/index.ts';

export interface Source {
  /** "Shop customers / rows" */
  name: string;
  /** Slug or id of the connection, while there is one. */
  connection?: string;
}

export type SourceOf = (record: Pick<RecordRef, 'connection'> & { stream?: string }) => Source;

/** Tells a record's source in the name that people gave its connection; until that is there, by id. */
export function useSources(): SourceOf {
  const { found } = useGrowingList<ConnectionSummary>('api/connections');
  const connections = useMemo(() => new Map(found.map((one) => [one.id, one])), [found]);
  return useCallback(
    ({ connection: id, stream }) => {
      const connection = connections.get(id);
      const name = [connection?.name ?? id, stream].filter(Boolean).join(' / ');
      return { name, ...(connection && { connection: connection.slug ?? id }) };
    },
    [connections],
  );
}
