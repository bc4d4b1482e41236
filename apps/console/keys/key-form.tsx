import { useRef, useState, type FormEvent } from 'react';
import type { ApiProblem, Role } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { CancelButton, Field, form, RestoredNotice } from '../forms/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { lifetimes, newKey, type KeyDraft } from './key-draft.ts';
import { mayText, roles } from './roles.ts';

interface Props {
  filled: FilledForm<KeyDraft>;
  /** Why it was not made. */
  problem: ApiProblem | undefined;
  busy: boolean;
  onSave: (draft: KeyDraft) => void;
  onLeave: () => void;
}

/** What is asked of a new key. */
export function KeyForm({ filled, problem, busy, onSave, onLeave }: Props) {
  const { draft, dirty, restored, change, begin, forget } = filled;
  const [nameless, setNameless] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const isNameless = draft.name.trim() === '';
    setNameless(isNameless);
    if (isNameless) name.current?.focus();
    else onSave(draft);
  };
  return (
    <form className={form.form} noValidate onSubmit={save}>
      {restored && dirty && <RestoredNotice onDiscard={() => begin(newKey)} />}
      <Field
        label="Name"
        required
        hint="Whose it is, or what for: the audit log names it. One key for each person and each program."
        faults={nameless ? ['Give it a name.'] : []}
      >
        {(tied) => (
          <input
            {...tied}
            ref={name}
            value={draft.name}
            placeholder="such as nightly import"
            required
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Role" hint={`It may: ${mayText(draft.role)}.`}>
        {(tied) => (
          <select {...tied} value={draft.role} onChange={({ target }) => change({ role: target.value as Role })}>
            {roles.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="It is good" hint="Then it is refused; a key cannot be prolonged.">
        {(tied) => (
          <select {...tied} value={draft.days} onChange={({ target }) => change({ days: target.value })}>
            {lifetimes.map(([days, title]) => (
              <option key={days} value={days}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <div className={form.buttons}>
        <Button kind="main" icon="check" busy={busy}>
          Make the key
        </Button>
        <CancelButton dirty={dirty} forget={forget} onLeave={onLeave} />
      </div>
    </form>
  );
}
