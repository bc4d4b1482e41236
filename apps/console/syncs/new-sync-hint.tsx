import { useGrowingList, type Connection } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';

/** What leads to a first sync: a connection, where there is none yet. */
export function NewSyncHint() {
  const { found, complete } = useGrowingList<Connection>('api/connections');
  if (!complete) return null;
  const isConnected = found.some(({ builtIn }) => !builtIn);
  if (isConnected) return <RouteLink to={{ room: 'newSync' }}>Make the first one</RouteLink>;
  return (
    <>
      <RouteLink to={{ room: 'connectors' }}>Connect something</RouteLink> first, to read from or to write to.
    </>
  );
}
