import type { ApiKey } from '../api/index.ts';
import { ListRow, Trouble } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, ListRoom, Notice, SearchField, ShowMore, useSearch } from '../ui/index.ts';
import { KeyBadge } from './key-badge.tsx';
import { keyState, unusedDays } from './key-state.ts';
import { useKeys } from './use-keys.ts';
import { lifeText, usedText } from './words.ts';

/** The keys, the newest first: what each may do, who made it, and whether anybody uses it. Revoked ones stand apart. */
export function KeyList() {
  const { found, complete, problem, again, nameOf } = useKeys();
  const search = useSearch('');
  const { wanted } = search;
  const row = (key: ApiKey) => (
    <ListRow
      key={key.id}
      to={{ room: 'key', key: key.id }}
      badge={<KeyBadge state={keyState(key)} />}
      name={key.name}
      aside={usedText(key)}
      detail={key.role}
      more={lifeText(key, nameOf)}
    />
  );
  const all = found.toReversed();
  const inUse = all.filter(({ revokedAt }) => revokedAt === undefined);
  const isWanted = (key: ApiKey) => hasWords([key.name, key.role, key.id, keyState(key)].join(' '), wanted);
  const matching = inUse.filter(isWanted);
  const { shown, onMore } = search.part(matching);
  const revoked = all.filter((key) => key.revokedAt !== undefined && isWanted(key));
  const old = search.part(revoked);
  const unused = inUse.filter((key) => keyState(key) === 'unused').length;
  return (
    <>
      <TopBar house="keys" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="API keys"
        action={
          <Button kind="main" icon="plus" onClick={() => go({ room: 'newKey' })}>
            New key
          </Button>
        }
        tools={
          <>
            {unused > 0 && wanted !== 'unused' && (
              <Notice kind="warning" actions={<Button onClick={() => search.want('unused')}>Show them</Button>}>
                {unused === 1 ? 'One key was' : `${unused} keys were`} not used for {unusedDays} days: revoke what
                nobody needs.
              </Notice>
            )}
            <SearchField
              label="Search keys by name, role, id or state"
              placeholder="Name, role, id or state"
              value={wanted}
              onChange={search.want}
            />
          </>
        }
        count={{ matching: matching.length, all: inUse.length, complete, problem, one: 'key', many: 'keys' }}
        onMore={onMore}
        empty={
          complete &&
          matching.length === 0 &&
          !problem &&
          (wanted === '' ? (
            'No key is in use: you are signed in with MILLRACE_ADMIN_KEY. Make a key for each person and each program.'
          ) : (
            <>
              No key in use is like that. <Button onClick={() => search.want('')}>Show all</Button>
            </>
          ))
        }
        apart={
          revoked.length > 0 && {
            title: 'Revoked: refused, and kept so that the audit log can name them',
            rows: old.shown.map(row),
            below: <ShowMore count={old.shown.length} onMore={old.onMore} />,
          }
        }
      >
        {shown.map(row)}
      </ListRoom>
    </>
  );
}
