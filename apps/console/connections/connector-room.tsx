import { useFollowed, type Connector } from '../api/index.ts';
import { Deeds, Room, type Deed } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { Notice } from '../ui/index.ts';
import { NewConnection } from './new-connection.tsx';

/** Milliseconds between two looks. */
const every = 30_000;

/** A connector: it is connected here. */
export function ConnectorRoom({ connector: id }: { connector: string }) {
  const { holder } = useSignedIn();
  const path = `api/connectors/${encodeURIComponent(id)}`;
  const { found: connector, problem, again } = useFollowed<Connector>(path, { every });
  const title = `Connect ${connector?.title ?? id}`;
  return (
    <Room
      house="connections"
      way={[
        ['Connections', { room: 'connections' }],
        ['New connection', { room: 'connectors' }],
      ]}
      title={title}
      opening={!connector}
      problem={problem}
      onAgain={again}
    >
      {connector && (
        <>
          {connector.description !== undefined && <p>{connector.description}</p>}
          {connector.enabled ? (
            <NewConnection
              connector={connector}
              onMade={({ id, slug = id }) => go({ room: 'connection', connection: slug })}
            />
          ) : (
            <Notice kind="warning">
              It is disabled{connector.reason === undefined ? '' : `: ${connector.reason}`}. Its connections and their
              syncs rest.
            </Notice>
          )}
          {mayOperate(holder) && <Deeds deeds={[switching(connector)]} label="This connector" onDone={again} />}
        </>
      )}
    </Room>
  );
}

function switching({ id, title, enabled }: Connector): Deed {
  return {
    name: 'switch',
    title: enabled ? 'Disable this connector' : 'Enable it',
    icon: enabled ? 'pause' : 'play',
    main: !enabled,
    asks: enabled
      ? {
          title: `Disable ${title}?`,
          text: 'All its connections and their syncs rest until it is enabled again, whoever made them. What is delivered to webhooks meanwhile is refused so that it comes again.',
          yes: 'Disable it',
        }
      : undefined,
    do: (api) => api.patch(`api/connectors/${encodeURIComponent(id)}`, { body: { enabled: !enabled } }),
    said: enabled ? 'Disabled.' : 'Enabled.',
  };
}
