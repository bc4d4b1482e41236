import { useId, useState, type FormEvent } from 'react';
import { randomId, useAct, type Run, type RunOptions, type Sync } from '../api/index.ts';
import { Check, Field, form } from '../forms/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { backfillText, windowOf } from './window-text.ts';
import style from './sync-room.module.css';

interface Props {
  sync: Sync;
  onStarted: () => void;
}

const nothing = { from: '', to: '', resend: false };

/** A run that reads a part of the source again. */
export function Backfill({ sync: { id, from }, onStarted }: Props) {
  const heading = useId();
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [draft, setDraft] = useState(nothing);
  const [asked, setAsked] = useState(false);
  const window = windowOf(draft);
  const start = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!window) return;
    const body: RunOptions = { window, ...(draft.resend && { resend: true }) };
    const headers = { 'idempotency-key': randomId() };
    const run = await act('backfill', (api) => api.post<Run>(`api/syncs/${id}/runs`, { body, headers }));
    if (!run) return;
    setDraft(nothing);
    setAsked(false);
    announce('A backfill was started.');
    onStarted();
  };
  const bound = (name: 'from' | 'to', label: string) => (
    <Field label={label} faults={name === 'from' && asked && !window ? ['Say where it begins, or where it ends.'] : []}>
      {(tied) => (
        <input
          {...tied}
          autoComplete="off"
          placeholder="such as 2026-01-31, 2026-01-31T12:00:00Z or 1000"
          value={draft[name]}
          onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>Backfill</h2>
      <p className={style.none}>{backfillText(from.cursor, window)}</p>
      <details>
        <summary>Read a part again</summary>
        <form className={`${form.form} ${style.backfill}`} onSubmit={(event) => void start(event)}>
          {bound('from', 'From')}
          {bound('to', 'To')}
          <Check
            label="Send also what the destination has just so"
            checked={draft.resend}
            onChange={(resend) => setDraft({ ...draft, resend })}
          />
          <div className={form.buttons}>
            <Button icon="history" busy={doing !== undefined}>
              Start the backfill
            </Button>
          </div>
          {problem && <Notice kind="problem">{problem.message}</Notice>}
        </form>
      </details>
    </section>
  );
}
