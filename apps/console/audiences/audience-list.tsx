import { useGrowingList, type Audience } from '../api/index.ts';
import { ListRow, Trouble } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayWrite, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, ListRoom, SearchField, timeAgo, useSearch } from '../ui/index.ts';
import { AudienceBadge } from './audience-badge.tsx';

/** Milliseconds between two looks at all of them. */
const every = 15_000;

export function AudienceList() {
  const { wanted, want, part } = useSearch('');
  const { found, complete, problem, again } = useGrowingList<Audience>('api/audiences', { every });
  const { holder } = useSignedIn();
  const matching = found.filter(({ slug, name = '', sentence }) => hasWords([slug, name, sentence].join(' '), wanted));
  const { shown, onMore } = part(matching);
  return (
    <>
      <TopBar house="audiences" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="Audiences"
        action={
          mayWrite(holder) && (
            <Button kind="main" icon="plus" onClick={() => go({ room: 'newAudience' })}>
              New audience
            </Button>
          )
        }
        tools={
          <SearchField
            label="Search audiences by name, slug or condition"
            placeholder="Name, slug or condition"
            value={wanted}
            onChange={want}
          />
        }
        count={{ matching: matching.length, all: found.length, complete, problem, one: 'audience', many: 'audiences' }}
        onMore={onMore}
        empty={
          complete &&
          matching.length === 0 &&
          !problem &&
          (wanted === '' ? (
            'No audience yet. One is everybody for whom a condition holds, over what is known of them.'
          ) : (
            <>
              No audience is like that. <Button onClick={() => want('')}>Show all</Button>
            </>
          ))
        }
      >
        {shown.map(({ slug, name, state, sentence, updatedAt }) => (
          <ListRow
            key={slug}
            to={{ room: 'audience', audience: slug }}
            badge={<AudienceBadge state={state} />}
            name={name ?? slug}
            aside={`defined ${timeAgo(updatedAt)}`}
            detail={sentence}
            more=""
          />
        ))}
      </ListRoom>
    </>
  );
}
