import { useState } from 'react';
import { go, goBack } from '../routing/index.ts';
import { OperatorsOnly, Room } from '../rooms/index.ts';
import { newDraft } from './sync-draft.ts';
import { SyncForm } from './sync-form.tsx';

interface Props {
  /** What it is to read, where that is known. */
  connection?: string;
  stream?: string;
}

/** Where a sync is made. */
export function NewSync({ connection = '', stream = '' }: Props) {
  const [blank] = useState(() => newDraft(connection, stream, Intl.DateTimeFormat().resolvedOptions().timeZone));
  return (
    <Room
      house="syncs"
      way={[['Syncs', { room: 'syncs' }]]}
      title="New sync"
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      <OperatorsOnly what="Syncs">
        <SyncForm
          place={`new-sync/${connection}/${stream}`}
          blank={blank}
          onSaved={({ id, slug = id }, run) =>
            go(run ? { room: 'run', sync: slug, run: run.id } : { room: 'sync', sync: slug })
          }
          onLeave={() => goBack({ room: 'syncs' })}
        />
      </OperatorsOnly>
    </Room>
  );
}
