import type { Route } from '../routing/index.ts';
import { RunRoom } from '../runs/index.ts';
import { Boundary } from '../ui/index.ts';
import { SyncList } from './sync-list.tsx';
import { SyncRoom } from './sync-room.tsx';
import { useSyncFilter } from './use-sync-filter.ts';

/** The list of syncs, one of them, or one of its runs. */
export function Syncs({ route }: { route: Extract<Route, { room: 'syncs' | 'sync' | 'run' }> }) {
  const filter = useSyncFilter();
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'syncs' && <SyncList filter={filter} />}
      {route.room === 'sync' && <SyncRoom sync={route.sync} />}
      {route.room === 'run' && <RunRoom sync={route.sync} run={route.run} />}
    </Boundary>
  );
}
