import { usePagedList, type PersonSummary } from '../api/index.ts';
import { ListRow, Trouble } from '../rooms/index.ts';
import { go, RouteLink } from '../routing/index.ts';
import { isAdmin, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, ListRoom, SearchField, timeAgo, useSearch, useSettled } from '../ui/index.ts';
import { isProfileId, nameOf } from './words.ts';

/** Milliseconds without a key pressed until it is looked for. */
const rest = 200;

/** People are looked for by the server: there may be millions. */
export function PeopleList() {
  const { wanted, want } = useSearch('');
  const asked = useSettled(wanted.trim(), rest);
  const path = asked === '' ? 'api/profiles' : `api/profiles?q=${encodeURIComponent(asked)}`;
  const { found, counted, loading, problem, more, again } = usePagedList<PersonSummary>(path, 50);
  const { holder } = useSignedIn();
  return (
    <>
      <TopBar house="people" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="People"
        action={isAdmin(holder) && <Button onClick={() => go({ room: 'privacyRequests' })}>Privacy requests</Button>}
        tools={
          <SearchField
            label="Search people by the start of a name, an address or another identity"
            placeholder="Name, address, user:17 …"
            value={wanted}
            onChange={want}
          />
        }
        count={{
          matching: counted,
          all: counted,
          complete: !loading,
          part: more !== undefined,
          problem,
          one: 'person',
          many: 'people',
        }}
        onMore={more}
        empty={!loading && !problem && found.length === 0 && <Nobody asked={asked} onAll={() => want('')} />}
      >
        {found.map((person) => (
          <ListRow
            key={person.id}
            to={{ room: 'person', profile: person.id }}
            name={nameOf(person)}
            aside={`changed ${timeAgo(person.updatedAt)}`}
            detail={person.identities.map(({ value }) => value).join(', ')}
            more=""
          />
        ))}
      </ListRoom>
    </>
  );
}

function Nobody({ asked, onAll }: { asked: string; onAll: () => void }) {
  if (asked === '') return 'Nobody is known yet: people come by syncs to the profile store, and by events.';
  if (isProfileId(asked))
    return (
      <>
        That is the id of a profile. <RouteLink to={{ room: 'person', profile: asked }}>Open it</RouteLink>
      </>
    );
  return (
    <>
      No name and no identity starts like that. <Button onClick={onAll}>Show all</Button>
    </>
  );
}
