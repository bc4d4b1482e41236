import { useState } from 'react';
import { useFollowed, type PersonConsents, type Profile } from '../api/index.ts';
import { PersonRequests } from '../privacy/index.ts';
import { Facts, Room, type Fact } from '../rooms/index.ts';
import { momentText } from '../runs/index.ts';
import { useSources, type SourceOf } from '../sources/index.ts';
import { Notice, timeAgo } from '../ui/index.ts';
import { AsOf } from './as-of.tsx';
import { Consents } from './consents.tsx';
import { Timeline } from './timeline.tsx';
import { TraitTable } from './trait-table.tsx';
import { barText, nameOfProfile } from './words.ts';

/** Milliseconds between two looks. */
const every = 5_000;
const everyConsents = 15_000;

/** One person, as they are or were: what is known and who said so, what they may be sent, what happened. */
export function PersonRoom({ id }: { id: string }) {
  const [asOf, setAsOf] = useState<string>();
  const path = `api/profiles/${encodeURIComponent(id)}`;
  const { found: now, problem, again } = useFollowed<Profile>(path, { every });
  const then = useFollowed<Profile>(asOf && `${path}?asOf=${encodeURIComponent(asOf)}`, { every });
  const consentsPath = `${path}/consents`;
  const consents = useFollowed<PersonConsents>(asOf === undefined ? consentsPath : undefined, { every: everyConsents });
  const bar = consents.found?.bar;
  const profile = asOf === undefined ? now : then.found;
  const wasUnknown = then.problem?.code === 'profile_not_found'; // what was looked for there is no fault
  const sourceOf = useSources();
  const name = now ? nameOfProfile(now) : 'Person';
  return (
    <Room
      house="people"
      way={[['People', { room: 'people' }]]}
      title={name}
      opening={!now}
      problem={problem ?? (wasUnknown ? undefined : then.problem)}
      onAgain={again}
    >
      {now && (
        <>
          {now.id !== id && <Notice kind="info">{id} became one with this person.</Notice>}
          {bar && <Notice kind="warning">{barText(bar)}</Notice>}
          <AsOf asOf={asOf} onChange={setAsOf} />
          {wasUnknown && <Notice kind="info">Nothing was known of them at that moment.</Notice>}
          {profile && (
            <>
              <Facts facts={factsOf(profile, sourceOf)} />
              <TraitTable profile={profile} sourceOf={sourceOf} />
            </>
          )}
          {asOf === undefined && <Consents path={consentsPath} consents={consents} profile={now} sourceOf={sourceOf} />}
          {asOf === undefined && <PersonRequests profile={now} name={name} />}
          <Timeline profile={now.id} sourceOf={sourceOf} onChanged={again} />
        </>
      )}
    </Room>
  );
}

function factsOf({ id, identities, audiences, createdAt, updatedAt }: Profile, sourceOf: SourceOf): Fact[] {
  const kinds = [...new Set(identities.map(({ kind }) => kind))];
  const valuesOf = (wanted: string) => identities.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  return [
    ...kinds.map((kind): Fact => [sourceOf({ connection: kind }).name, valuesOf(kind).join(', ')]), // some are named by their connection
    ['Audiences', audiences.join(', ') || 'none'],
    ['Known since', momentText(createdAt)],
    ['Changed', timeAgo(updatedAt)],
    ['Id', id],
  ];
}
