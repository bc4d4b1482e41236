import type { SyncRoute } from '../routing/index.ts';
import { RunRoom } from '../runs/index.ts';
import { NewSync, SyncSettings } from '../sync-form/index.ts';
import { Boundary } from '../ui/index.ts';
import { SyncList } from './sync-list.tsx';
import { SyncRoom } from './sync-room.tsx';

/** The list of syncs, one of them, one of its runs, or a new one. */
export function Syncs({ route }: { route: SyncRoute }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'syncs' && <SyncList />}
      {route.room === 'sync' && <SyncRoom sync={route.sync} />}
      {route.room === 'run' && <RunRoom sync={route.sync} run={route.run} />}
      {route.room === 'syncSettings' && <SyncSettings sync={route.sync} />}
      {route.room === 'newSync' && <NewSync connection={route.connection} stream={route.stream} />}
    </Boundary>
  );
}
