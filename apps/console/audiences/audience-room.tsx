import { useState } from 'react';
import { useFollowed, type Audience } from '../api/index.ts';
import { useKept } from '../history/index.ts';
import { Deeds, Facts, removal, Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { mayWrite, useSignedIn } from '../session/index.ts';
import { Button, RawRecord, Tabs, timeAgo } from '../ui/index.ts';
import { AudienceBadge } from './audience-badge.tsx';
import { Changes } from './changes.tsx';
import { Members } from './members.tsx';

/** Milliseconds between two looks. */
const every = 5_000;

/** One audience: whom it means, how many they are, who they are, and who came and went. */
export function AudienceRoom({ slug }: { slug: string }) {
  const { holder } = useSignedIn();
  const path = `api/audiences/${encodeURIComponent(slug)}`;
  const { found: audience, problem, again } = useFollowed<Audience>(path, { every });
  const [shown, setShown] = useKept<'members' | 'changes'>('shown', 'members');
  const [looked, setLooked] = useState(0);
  const name = audience?.name ?? slug;
  return (
    <Room
      house="audiences"
      way={[['Audiences', { room: 'audiences' }]]}
      title={name}
      badge={audience && <AudienceBadge state={audience.state} />}
      opening={!audience}
      problem={problem}
      onAgain={again}
    >
      {audience && (
        <>
          <p>Everybody of whom {audience.sentence}.</p>
          {audience.description !== undefined && <p>{audience.description}</p>}
          {mayWrite(holder) && (
            <p>
              <Button icon="sliders" onClick={() => go({ room: 'audienceSettings', audience: slug })}>
                Settings
              </Button>
            </p>
          )}
          <Facts
            facts={[
              ['People', (audience.count ?? 0).toLocaleString('en')],
              ['Slug', audience.slug],
              ['Defined', timeAgo(audience.updatedAt)],
            ]}
          />
          {audience.state === 'building' && <p>Not everybody was looked at yet: more may be in it.</p>}
          <RawRecord
            summary="The condition, as the API has it"
            text={JSON.stringify(audience.condition, undefined, 2)}
          />
          <div className="card">
            <Tabs
              label="Who is in it"
              chosen={shown}
              onChoose={setShown}
              beside={
                <Button kind="quiet" icon="retry" onClick={() => setLooked(looked + 1)}>
                  Look again
                </Button>
              }
              tabs={[
                {
                  name: 'members',
                  title: 'People',
                  content: shown === 'members' && <Members key={looked} path={`${path}/members`} />,
                },
                {
                  name: 'changes',
                  title: 'Entered and left',
                  content: shown === 'changes' && <Changes key={looked} path={`${path}/changes`} />,
                },
              ]}
            />
          </div>
          {mayWrite(holder) && (
            <Deeds
              label="Removal"
              deeds={[
                removal({
                  path,
                  name,
                  what: 'audience',
                  text: 'Its members leave it. The people stay, with all that is known of them.',
                }),
              ]}
              onDone={() => goBack({ room: 'audiences' })}
            />
          )}
        </>
      )}
    </Room>
  );
}
