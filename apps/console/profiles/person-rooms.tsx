import type { PersonRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { PeopleList } from './people-list.tsx';
import { PersonRoom } from './person-room.tsx';

/** The list of people, or one of them. */
export function PersonRooms({ route }: { route: PersonRoute }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'people' && <PeopleList />}
      {route.room === 'person' && <PersonRoom id={route.profile} />}
    </Boundary>
  );
}
