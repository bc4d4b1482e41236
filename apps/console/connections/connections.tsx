import type { ConnectionRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { ConnectionList } from './connection-list.tsx';
import { ConnectionRoom } from './connection-room.tsx';
import { ConnectorList } from './connector-list.tsx';
import { ConnectorRoom } from './connector-room.tsx';
import { Settings } from './settings.tsx';

/** The list of connections, one of them, or a new one. */
export function Connections({ route }: { route: ConnectionRoute }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'connections' && <ConnectionList />}
      {route.room === 'connection' && <ConnectionRoom connection={route.connection} />}
      {route.room === 'settings' && <Settings connection={route.connection} />}
      {route.room === 'connectors' && <ConnectorList />}
      {route.room === 'connector' && <ConnectorRoom connector={route.connector} />}
    </Boundary>
  );
}
