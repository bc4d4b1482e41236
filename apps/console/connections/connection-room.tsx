import { useFollowed, type Connection, type Connector } from '../api/index.ts';
import { Deeds, Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Button, Notice, useAnnounced } from '../ui/index.ts';
import { CheckBadge } from './check-badge.tsx';
import { checking, removing, startingOver } from './connection-deeds.ts';
import { ConnectionData } from './connection-data.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { Hook } from './hook.tsx';
import { Objects } from './objects.tsx';
import { SignIn } from './sign-in.tsx';
import { Streams } from './streams.tsx';
import { checkState, troubleText } from './words.ts';

/** Milliseconds between two looks. */
const every = { connection: 5_000, connector: 60_000 };

/** One connection: how it is, what may be done about it, and what it offers. */
export function ConnectionRoom({ connection: named }: { connection: string }) {
  const { holder } = useSignedIn();
  const path = `api/connections/${encodeURIComponent(named)}`;
  const { found: connection, problem, again } = useFollowed<Connection>(path, { every: every.connection });
  const ofConnector = connection && !connection.builtIn && `api/connectors/${connection.connector}`;
  const { found: connector } = useFollowed<Connector>(ofConnector || undefined, { every: every.connector });
  const name = connection?.name ?? named;
  useAnnounced(connection && `${name}: ${checkState(connection)}.`);
  const trouble = connection ? troubleText(connection) : '';
  const maySteer = mayOperate(holder) && connection !== undefined && !connection.builtIn;
  return (
    <Room
      house="connections"
      way={[['Connections', { room: 'connections' }]]}
      title={name}
      badge={connection && <CheckBadge connection={connection} />}
      opening={!connection}
      problem={problem}
      onAgain={again}
    >
      {connection && (
        <>
          {trouble !== '' && <Notice kind="warning">{trouble}</Notice>}
          {maySteer && (
            <Deeds deeds={[checking(connection)]} onDone={again}>
              <Button icon="sliders" onClick={() => go({ room: 'settings', connection: named })}>
                Settings
              </Button>
            </Deeds>
          )}
          <ConnectionFacts connection={connection} connector={connector} />
          {maySteer && connector?.capabilities.oauth2 && <SignIn connection={connection} />}
          {maySteer && connector?.capabilities.webhooks && <Hook connection={connection} />}
          {mayOperate(holder) && connection.enabled && (
            <>
              <Streams connection={connection} />
              <Objects connection={connection} />
            </>
          )}
          {maySteer && <ConnectionData connection={connection} />}
          {maySteer && <Deeds deeds={[startingOver(connection)]} label="Place" onDone={again} />}
          {maySteer && (
            <Deeds deeds={[removing(connection)]} label="Removal" onDone={() => goBack({ room: 'connections' })} />
          )}
        </>
      )}
    </Room>
  );
}
