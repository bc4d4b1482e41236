import { useState } from 'react';
import { useFollowed, type Run, type Sync } from '../api/index.ts';
import { go, goBack } from '../routing/index.ts';
import { OperatorsOnly, Room } from '../rooms/index.ts';
import { draftOf } from './sync-draft.ts';
import { SyncForm } from './sync-form.tsx';

const once = { every: 0, isOver: () => true };

/** Where a sync is changed. */
export function SyncSettings({ sync: name }: { sync: string }) {
  const { found, problem, again } = useFollowed<Sync>(`api/syncs/${encodeURIComponent(name)}`, once);
  return (
    <Room
      house="syncs"
      way={[
        ['Syncs', { room: 'syncs' }],
        [found?.name ?? name, { room: 'sync', sync: name }],
      ]}
      title="Settings"
      opening={!found}
      problem={problem}
      onAgain={again}
    >
      {found && (
        <OperatorsOnly what="Syncs">
          <Opened sync={found} />
        </OperatorsOnly>
      )}
    </Room>
  );
}

function Opened({ sync }: { sync: Sync }) {
  const [blank] = useState(() => draftOf(sync));
  const back = ({ id, slug = id }: Sync) => goBack({ room: 'sync', sync: slug });
  const leave = (saved: Sync, run?: Run) =>
    run ? go({ room: 'run', sync: saved.slug ?? saved.id, run: run.id }) : back(saved);
  return (
    <SyncForm place={`sync/${sync.id}`} blank={blank} existing={sync} onSaved={leave} onLeave={() => back(sync)} />
  );
}
