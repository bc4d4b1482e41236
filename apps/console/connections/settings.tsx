import { useState } from 'react';
import { useFollowed, type Connection, type Connector } from '../api/index.ts';
import { Room } from '../rooms/index.ts';
import { go, RouteLink } from '../routing/index.ts';
import { useTitle } from '../ui/index.ts';
import { EditConnection } from './edit-connection.tsx';

/** Both are read once: what is being edited does not change below somebody's hands. */
const once = { every: 1_000, isOver: () => true };

/** Where a connection is changed. */
export function Settings({ connection: named }: { connection: string }) {
  const path = `api/connections/${encodeURIComponent(named)}`;
  const { found: connection, problem, again } = useFollowed<Connection>(path, once);
  const connector = useFollowed<Connector>(connection && `api/connectors/${connection.connector}`, once);
  const [taken, setTaken] = useState(0); // theirs, so many times
  const name = connection?.name ?? named;
  useTitle(`Settings · ${name}`);
  const back = () => go({ room: 'connection', connection: named });
  return (
    <Room
      house="connections"
      way={
        <>
          <RouteLink to={{ room: 'connections' }}>Connections</RouteLink> /{' '}
          <RouteLink to={{ room: 'connection', connection: named }}>{name}</RouteLink>
        </>
      }
      title="Settings"
      opening={!connection || !connector.found}
      problem={problem ?? connector.problem}
      onAgain={() => {
        again();
        connector.again();
      }}
    >
      {connection && connector.found && (
        <EditConnection
          key={`${connection.revision} ${taken}`}
          connection={connection}
          connector={connector.found}
          onSaved={back}
          onLeave={back}
          onAnew={() => {
            setTaken(taken + 1);
            again();
          }}
        />
      )}
    </Room>
  );
}
