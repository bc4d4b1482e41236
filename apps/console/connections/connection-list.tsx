import { useGrowingList, type Connection } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, ListRoom, SearchField, useSearch } from '../ui/index.ts';
import { ConnectionRow } from './connection-row.tsx';
import { useConnectors } from './use-connectors.ts';
import { purposeText } from './words.ts';

/** Milliseconds between two looks at all of them. */
const every = 10_000;

export function ConnectionList() {
  const { holder } = useSignedIn();
  const { found, complete, problem, again } = useGrowingList<Connection>('api/connections', { every });
  const { titleOf } = useConnectors();
  const search = useSearch('');
  const { wanted } = search;
  const own = found.filter(({ builtIn }) => !builtIn);
  const matching = own.filter(({ name, slug = '', connector, labels }) =>
    hasWords([name, slug, titleOf(connector), ...labels].join(' '), wanted),
  );
  const builtIn = found.filter(
    (connection) => connection.builtIn && hasWords(`${connection.name} ${purposeText(connection)}`, wanted),
  );
  const { shown, onMore } = search.part(matching);
  const nothing =
    wanted === '' ? (
      'No connection yet. Connect what your customers’ data is in: a file, a database, an API.'
    ) : (
      <>
        No connection is like that. <Button onClick={() => search.want('')}>Show all</Button>
      </>
    );
  return (
    <>
      <TopBar house="connections" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="Connections"
        action={
          mayOperate(holder) && (
            <Button kind="main" icon="plus" onClick={() => go({ room: 'connectors' })}>
              New connection
            </Button>
          )
        }
        tools={
          <SearchField
            label="Search connections by name, slug, connector or label"
            placeholder="Name, slug, connector or label"
            value={wanted}
            onChange={search.want}
          />
        }
        count={{
          matching: matching.length,
          all: own.length,
          complete,
          problem,
          one: 'connection',
          many: 'connections',
        }}
        onMore={onMore}
        empty={complete && matching.length === 0 && (wanted === '' ? !problem : builtIn.length === 0) && nothing}
        apart={
          builtIn.length > 0 && {
            title: 'Part of Millrace',
            rows: builtIn.map((connection) => (
              <ConnectionRow key={connection.id} connection={connection} connector={purposeText(connection)} />
            )),
          }
        }
      >
        {shown.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} connector={titleOf(connection.connector)} />
        ))}
      </ListRoom>
    </>
  );
}
