import { Trouble } from '../rooms/index.ts';
import { RouteLink } from '../routing/index.ts';
import { TopBar } from '../shell/index.ts';
import { hasWords, ListRoom, SearchField, useSearch } from '../ui/index.ts';
import { ConnectorRow } from './connector-row.tsx';
import { useConnectors } from './use-connectors.ts';

/** What can be connected. */
export function ConnectorList() {
  const { found, complete, problem, again } = useConnectors();
  const { wanted, want } = useSearch('');
  const matching = found.filter(({ id, title, description = '' }) => hasWords(`${id} ${title} ${description}`, wanted));
  return (
    <>
      <TopBar house="connections" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="New connection"
        action={
          <RouteLink back to={{ room: 'connections' }}>
            All connections
          </RouteLink>
        }
        tools={
          <SearchField
            label="Search connectors by name or description"
            placeholder="Name or description"
            value={wanted}
            onChange={want}
          />
        }
        count={{
          matching: matching.length,
          all: found.length,
          complete,
          problem,
          one: 'connector',
          many: 'connectors',
        }}
        empty={complete && matching.length === 0 && !problem && 'No connector is like that.'}
      >
        {matching.map((connector) => (
          <ConnectorRow key={connector.id} connector={connector} />
        ))}
      </ListRoom>
    </>
  );
}
