import type { PersonRoute } from '../routing/index.ts';
import { Boundary, useSearch } from '../ui/index.ts';
import { PeopleList } from './people-list.tsx';
import { PersonRoom } from './person-room.tsx';

/** The list of people, or one of them. */
export function PersonRooms({ route }: { route: PersonRoute }) {
  const search = useSearch('');
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'people' && <PeopleList search={search} />}
      {route.room === 'person' && <PersonRoom id={route.profile} />}
    </Boundary>
  );
}
