import { useEffect } from 'react';
import type { Preflight } from '../api/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { isOpen, leftText, resultText, whomText } from './words.ts';
import style from './progress.module.css';

/** How far it is; once it has ended, whether it has passed. */
export function Progress({ preflight, onCancel }: { preflight: Preflight; onCancel: () => void }) {
  const { state, progress, gate, error, counts } = preflight;
  const announce = useAnnounce();
  const open = isOpen(preflight);
  const ended = open ? '' : `The preflight for ${whomText(preflight)} has ended: ${resultText(preflight)}.`;
  useEffect(() => {
    if (ended) announce(ended);
  }, [announce, ended]);
  if (open) {
    return (
      <div className={style.progress}>
        <progress max={1} value={progress.share} aria-label="People looked at" />
        <p>
          {progress.looked.toLocaleString('en')} of {progress.total.toLocaleString('en')} people
          <span> {state === 'waiting' ? 'It begins in a moment' : leftText(progress.secondsLeft)}</span>
        </p>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    );
  }
  if (error) return <Notice kind="problem">{error.message}</Notice>;
  if (state === 'cancelled') {
    return <Notice kind="info">Cancelled after {counts.people.toLocaleString('en')} people.</Notice>;
  }
  return gate.state === 'passed' ? (
    <p className={style.passed}>
      <b>Passed.</b> Nothing exceeds the limits
      {preflight.masked
        ? `. It saw masks in place of sensitive traits: before this mail is exported for ${whomText(preflight)}, an operator starts another one.`
        : `: this mail may be exported for ${whomText(preflight)}.`}
    </p>
  ) : (
    <div className={style.exceeded}>
      <p>
        <b>Exceeds its limits.</b> It will not be exported for {whomText(preflight)}.
      </p>
      <ul>
        {gate.exceeded.map(({ limit, message }) => (
          <li key={limit}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
