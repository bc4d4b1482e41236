import type { Route } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { ConnectionList } from './connection-list.tsx';

type Rooms = 'connections' | 'connection' | 'settings' | 'connectors' | 'connector';

/** The list of connections, one of them, or a new one. */
export function Connections({ route }: { route: Extract<Route, { room: Rooms }> }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'connections' && <ConnectionList />}
    </Boundary>
  );
}
