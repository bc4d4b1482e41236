import { useEffect } from 'react';
import { codeText } from '../preflight/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import type { ExportProgress } from './use-export.ts';
import style from './sending.module.css';

interface Props {
  progress: ExportProgress;
  /** How many mails the preflight counted. */
  expected: number | undefined;
  onStop: () => void;
  onGoOn: () => void;
  onSave: () => void;
}

/** How far an export is; then who was left out and why, and the file. */
export function ExportResult({ progress, expected, onStop, onGoOn, onSave }: Props) {
  const { state, mails, leftOut, uncounted, problem, mayGoOn, request } = progress;
  const announce = useAnnounce();
  const reasons = Object.entries(leftOut).sort(([, a], [, b]) => b - a);
  const people = reasons.reduce((sum, [, count]) => sum + count, 0);
  const ended = state === 'done' ? `${mailsText(mails)} exported, ${people.toLocaleString('en')} people left out.` : '';
  useEffect(() => {
    if (ended) announce(ended);
  }, [announce, ended]);
  if (state === 'running')
    return (
      <div className={style.exporting}>
        <progress aria-label="Mails exported" max={expected} value={expected ? Math.min(mails, expected) : undefined} />
        <p>
          {mailsText(mails)}
          {expected !== undefined && ` of about ${expected.toLocaleString('en')}`}
        </p>
        <Button type="button" onClick={onStop}>
          Stop
        </Button>
      </div>
    );
  return (
    <>
      <h3>
        Version {request.version}, for {request.audience ?? 'everybody'}
      </h3>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {state === 'stopped' && mayGoOn && (
        <Notice
          kind="warning"
          actions={
            <Button type="button" onClick={onGoOn}>
              Go on
            </Button>
          }
        >
          Not complete: it stopped after {mailsText(mails)}.
        </Notice>
      )}
      {state === 'done' && (
        <p>
          <b>{mailsText(mails)}</b>, complete.
        </p>
      )}
      {(state === 'done' || people > 0) && (
        <section>
          <h3>Left out ({people.toLocaleString('en')})</h3>
          {people === 0 && <p>Nobody.</p>}
          <ul className={style.leftOut}>
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {count.toLocaleString('en')} · {codeText(reason)}
              </li>
            ))}
          </ul>
          {uncounted && <p className={style.hint}>Who was left out before the break is not counted here.</p>}
        </section>
      )}
      {mails > 0 && (
        <div>
          <Button type="button" icon="save" onClick={onSave}>
            Save the file
          </Button>
        </div>
      )}
    </>
  );
}

function mailsText(mails: number): string {
  return mails === 1 ? '1 mail' : `${mails.toLocaleString('en')} mails`;
}
