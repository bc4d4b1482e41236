import { useState } from 'react';
import { useFollowed, type List, type PrivacyRequest, type Profile, type RequestKind } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { isAdmin, useSignedIn } from '../session/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { AskDialog } from './ask-dialog.tsx';
import { RequestRow } from './request-row.tsx';
import style from './privacy.module.css';

/** Milliseconds between two looks. */
const every = 5_000;
/** So many are shown: a person seldom asks often. */
const most = 20;

const deeds: readonly (readonly [kind: RequestKind, title: string])[] = [
  ['export', 'Export everything'],
  ['restrict', 'Restrict'],
  ['erase', 'Erase'],
];

interface Props {
  profile: Profile;
  /** What they are called. */
  name: string;
}

/** What somebody asked for under data protection law, and asking for it. */
export function PersonRequests({ profile, name }: Props) {
  const { holder } = useSignedIn();
  const path = `api/privacy/requests?profile=${profile.id}&limit=${most}`;
  const { found, problem } = useFollowed<List<PrivacyRequest>>(isAdmin(holder) ? path : undefined, { every });
  const [asking, setAsking] = useState<RequestKind>();
  if (!isAdmin(holder)) return null;
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Their rights</h2>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <div className={style.deeds} role="group" aria-label="Ask for it">
        {deeds.map(([kind, title]) => (
          <Button key={kind} icon={kind === 'erase' ? 'trash' : undefined} onClick={() => setAsking(kind)}>
            {title}
          </Button>
        ))}
      </div>
      {found?.data.length === 0 && <p>They have asked for nothing yet, as far as it was recorded here.</p>}
      <ul className={`card rows ${style.requests}`}>
        {found?.data.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
      {found && found.next !== null && (
        <p className={style.more}>
          The last {most} are shown. <RouteLink to={{ room: 'privacyRequests' }}>All requests</RouteLink>
        </p>
      )}
      {asking && <AskDialog kind={asking} profile={profile} name={name} onClose={() => setAsking(undefined)} />}
    </section>
  );
}
