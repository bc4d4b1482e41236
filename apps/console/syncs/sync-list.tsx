import { useGrowingList, type Sync } from '../api/index.ts';
import { Deeds, Trouble } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, ListRoom } from '../ui/index.ts';
import { byUrgency } from './by-urgency.ts';
import { FilterBar } from './filter-bar.tsx';
import { deedsOfLabel } from './label-deeds.ts';
import { NewSyncHint } from './new-sync-hint.tsx';
import { SyncRow } from './sync-row.tsx';
import { useEnds } from './use-ends.ts';
import { matchesTextAndLabel, useSyncFilter } from './use-sync-filter.ts';

/** Milliseconds between two looks at all of them. */
const every = 4_000;

export function SyncList() {
  const filter = useSyncFilter();
  const { holder } = useSignedIn();
  const { found, complete, problem, again } = useGrowingList<Sync>('api/syncs', { every });
  const endsOf = useEnds();
  const { text, state, label } = filter.wanted;
  const labels = [...new Set(found.flatMap((sync) => sync.labels ?? []))].sort();
  const left = found.filter((sync) => matchesTextAndLabel(sync, filter.wanted));
  const matching = left.filter((sync) => state === undefined || sync.state === state).toSorted(byUrgency);
  const { shown, onMore } = filter.part(matching);
  const labelled = found.filter((sync) => label !== undefined && sync.labels?.includes(label)).length;
  const isNarrowed = text !== '' || state !== undefined || label !== undefined;
  const nothing = isNarrowed ? (
    <>
      No sync is like that.{' '}
      <Button onClick={() => filter.want({ text: '', state: undefined, label: undefined })}>Show all</Button>
    </>
  ) : (
    <>
      No sync yet. A sync joins what a connection reads to what another one writes.{' '}
      {mayOperate(holder) && <NewSyncHint />}
    </>
  );
  return (
    <>
      <TopBar house="syncs" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="Syncs"
        action={
          mayOperate(holder) && (
            <Button kind="main" icon="plus" onClick={() => go({ room: 'newSync' })}>
              New sync
            </Button>
          )
        }
        tools={
          <>
            {found.length > 0 && <FilterBar filter={filter} syncs={left} labels={labels} />}
            {label !== undefined && complete && mayOperate(holder) && (
              <Deeds deeds={deedsOfLabel(label, labelled)} onDone={again} />
            )}
          </>
        }
        count={{ matching: matching.length, all: found.length, complete, problem, one: 'sync', many: 'syncs' }}
        onMore={onMore}
        empty={complete && matching.length === 0 && (isNarrowed || !problem) && nothing}
      >
        {shown.map((sync) => (
          <SyncRow key={sync.id} sync={sync} ends={endsOf(sync)} />
        ))}
      </ListRoom>
    </>
  );
}
