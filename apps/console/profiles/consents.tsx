import { useState } from 'react';
import type { Followed, PersonConsents, Profile } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { identityText, type SourceOf } from '../sources/index.ts';
import { Badge, Button, RawRecord } from '../ui/index.ts';
import { proofOf } from './proof.ts';
import { RecordChoice } from './record-choice.tsx';
import { permissionText } from './words.ts';
import style from './consents.module.css';

interface Props {
  path: string;
  consents: Followed<PersonConsents>;
  profile: Profile;
  sourceOf: SourceOf;
}

/** What a person may be sent, and why. */
export function Consents({ path, consents: { found, problem, again }, profile, sourceOf }: Props) {
  const { holder } = useSignedIn();
  const [recording, setRecording] = useState(false);
  return (
    <section aria-labelledby="consents">
      <h2 id="consents">What they may be sent</h2>
      <Trouble problem={problem} onAgain={again} />
      {found?.permissions.length === 0 && <p>No choice of theirs is known, and no purpose is declared.</p>}
      {found && found.permissions.length > 0 && (
        <ul className={`card rows ${style.consents}`}>
          {found.permissions.map((permission) => {
            const { channel, purpose, allowed } = permission;
            const proof = proofOf(permission, found.consents);
            return (
              <li key={`${channel} ${purpose}`}>
                <Badge tone={allowed ? 'fine' : 'wrong'}>{allowed ? 'yes' : 'no'}</Badge>
                <b>
                  {channel} · {purpose}
                </b>
                <span className={style.why}>{permissionText(permission, (key) => identityText(key, sourceOf))}</span>
                {proof !== undefined && (
                  <RawRecord
                    summary={
                      <>
                        What proves it
                        <span className="unseen">
                          : {channel} · {purpose}
                        </span>
                      </>
                    }
                    text={proof}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {found && found.permissions.length > 0 && mayOperate(holder) && (
        <p className={style.record}>
          <Button onClick={() => setRecording(true)}>Record a choice</Button>
        </p>
      )}
      {found && recording && (
        <RecordChoice
          path={path}
          profile={profile}
          permissions={found.permissions}
          onClose={() => setRecording(false)}
          onRecorded={() => {
            setRecording(false);
            again();
          }}
        />
      )}
    </section>
  );
}
