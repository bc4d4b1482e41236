import { useMemo } from 'react';
import { useGrowingList, type Connector, type GrowingList } from '../api/index.ts';

interface Connectors extends GrowingList<Connector> {
  /** Its id where it is not known (yet). */
  titleOf: (connector: string) => string;
}

/** What can be connected. */
export function useConnectors(): Connectors {
  const list = useGrowingList<Connector>('api/connectors');
  const { found } = list;
  const titles = useMemo(() => new Map(found.map(({ id, title }) => [id, title])), [found]);
  return { ...list, titleOf: (connector) => titles.get(connector) ?? connector };
}
