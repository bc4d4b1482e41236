import type { AudienceRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { AudienceList } from './audience-list.tsx';
import { AudienceRoom } from './audience-room.tsx';
import { AudienceSettings } from './audience-settings.tsx';
import { NewAudience } from './new-audience.tsx';

/** The list of audiences, one of them, or a new one. */
export function AudienceRooms({ route }: { route: AudienceRoute }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'audiences' && <AudienceList />}
      {route.room === 'audience' && <AudienceRoom slug={route.audience} />}
      {route.room === 'audienceSettings' && <AudienceSettings slug={route.audience} />}
      {route.room === 'newAudience' && <NewAudience />}
    </Boundary>
  );
}
