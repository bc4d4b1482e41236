import { AdminsRoom } from '../rooms/index.ts';
import type { KeyRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { KeyList } from './key-list.tsx';
import { KeyRoom } from './key-room.tsx';
import { NewKey } from './new-key.tsx';

/** The list of keys, one of them, or a new one. */
export function KeyRooms({ route }: { route: KeyRoute }) {
  return (
    <AdminsRoom
      house="keys"
      title="API keys"
      text="Keys are looked at, made and revoked by admins"
      back={{ to: { room: 'start' }, name: 'Start' }}
    >
      <Boundary key={JSON.stringify(route)} what="This page">
        {route.room === 'keys' && <KeyList />}
        {route.room === 'key' && <KeyRoom id={route.key} />}
        {route.room === 'newKey' && <NewKey />}
      </Boundary>
    </AdminsRoom>
  );
}
