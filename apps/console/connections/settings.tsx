import { useFollowed, type Connection, type Connector } from '../api/index.ts';
import { SettingsRoom, Trouble } from '../rooms/index.ts';
import { goBack } from '../routing/index.ts';
import { EditConnection } from './edit-connection.tsx';

/** The form is read once: what is being edited does not change below somebody's hands. */
const once = { every: 1_000, isOver: () => true };

/** Where a connection is changed. */
export function Settings({ connection: named }: { connection: string }) {
  return (
    <SettingsRoom<Connection>
      house="connections"
      title="Connections"
      what="Connections"
      path={`api/connections/${encodeURIComponent(named)}`}
      named={named}
      to={{ room: 'connection', connection: named }}
      stateOf={({ edition }) => edition}
    >
      {(connection, onAnew) => <Opened named={named} connection={connection} onAnew={onAnew} />}
    </SettingsRoom>
  );
}

interface Props {
  named: string;
  connection: Connection;
  onAnew: () => void;
}

function Opened({ named, connection, onAnew }: Props) {
  const { found: connector, problem, again } = useFollowed<Connector>(`api/connectors/${connection.connector}`, once);
  const back = () => goBack({ room: 'connection', connection: named }, true); // what had to be asked is answered
  if (!connector) return problem ? <Trouble problem={problem} onAgain={again} /> : <p>Opening …</p>;
  return <EditConnection connection={connection} connector={connector} onSaved={back} onLeave={back} onAnew={onAnew} />;
}
