import { AdminsRoom } from '../rooms/index.ts';
import type { PrivacyRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { RequestList } from './request-list.tsx';
import { RequestRoom } from './request-room.tsx';

/** The list of requests, or one of them. */
export function PrivacyRooms({ route }: { route: PrivacyRoute }) {
  return (
    <AdminsRoom
      house="people"
      title="Privacy requests"
      text="Exports, restrictions and erasures are asked for by admins"
      back={{ to: { room: 'people' }, name: 'People' }}
    >
      <Boundary key={JSON.stringify(route)} what="This page">
        {route.room === 'privacyRequests' && <RequestList />}
        {route.room === 'privacyRequest' && <RequestRoom id={route.request} />}
      </Boundary>
    </AdminsRoom>
  );
}
