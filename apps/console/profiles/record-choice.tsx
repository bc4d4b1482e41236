import { useRef, useState, type FormEvent } from 'react';
import { useAct, type Permission, type Profile } from '../api/index.ts';
import { Field, form, useIdempotencyKey } from '../forms/index.ts';
import { Button, Dialog, MomentInput, Notice, useAnnounce } from '../ui/index.ts';
import { choiceBody, fittingOf, lacksOf, newChoice, questionsOf, type ChoiceDraft } from './choice-draft.ts';

interface Props {
  path: string;
  profile: Profile;
  permissions: readonly Permission[];
  onClose: () => void;
  onRecorded: () => void;
}

/** What somebody said on the telephone or by letter: recorded with what proves it. */
export function RecordChoice({ path, profile, permissions, onClose, onRecorded }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyOf = useIdempotencyKey();
  const questions = questionsOf(permissions);
  const [draft, setDraft] = useState<ChoiceDraft>(() => newChoice(questions));
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLSelectElement>(null);
  const { identities } = profile;
  const lacks = tried ? lacksOf(draft, identities) : {};
  const change = (changes: Partial<ChoiceDraft>) => setDraft({ ...draft, ...changes });
  const whose = fittingOf(draft, identities);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(lacksOf(draft, identities)).length > 0) return;
    const body = choiceBody(draft, identities);
    const recorded = await act('record', (api) =>
      api.post(path, { body, headers: { 'idempotency-key': keyOf(body) } }),
    );
    if (recorded === undefined) return;
    announce('The choice is recorded.');
    onRecorded();
  };
  return (
    <Dialog title="Record a choice" first={first} onClose={onClose}>
      <form className={form.form} noValidate onSubmit={(event) => void send(event)}>
        <Field label="About">
          {(tied) => (
            <select
              {...tied}
              ref={first}
              value={draft.question}
              onChange={({ target }) => change({ question: target.value, identity: '' })}
            >
              {questions.map(([value, title]) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Their choice">
          {(tied) => (
            <select
              {...tied}
              value={draft.state}
              onChange={({ target }) => change({ state: target.value as ChoiceDraft['state'] })}
            >
              <option value="denied">refused</option>
              <option value="granted">agreed</option>
            </select>
          )}
        </Field>
        {whose.length > 1 && (
          <Field label="For" hint="Of several, the strictest counts." required faults={lacks.identity}>
            {(tied) => (
              <select {...tied} value={draft.identity} onChange={({ target }) => change({ identity: target.value })}>
                <option value="">choose one</option>
                {whose.map(({ key, value }) => (
                  <option key={key} value={key}>
                    {value}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label="How they said it" required faults={lacks.source}>
          {(tied) => (
            <input
              {...tied}
              value={draft.source}
              maxLength={256}
              autoComplete="off"
              placeholder="such as telephone call"
              onChange={({ target }) => change({ source: target.value })}
            />
          )}
        </Field>
        <Field
          label="What proves it"
          required
          hint="A ticket, a call’s number, who took it, the form with its address."
          faults={lacks.evidence}
        >
          {(tied) => (
            <textarea
              {...tied}
              rows={3}
              value={draft.evidence}
              maxLength={10_000}
              autoComplete="off"
              onChange={({ target }) => change({ evidence: target.value })}
            />
          )}
        </Field>
        <Field label="When" hint="Left empty: now.">
          {(tied) => <MomentInput {...tied} value={draft.at} onChange={(at) => change({ at })} />}
        </Field>
        <Field label="Wording" hint="The version of the text that they agreed to.">
          {(tied) => (
            <input
              {...tied}
              value={draft.wording}
              maxLength={256}
              autoComplete="off"
              onChange={({ target }) => change({ wording: target.value })}
            />
          )}
        </Field>
        {problem && <Notice kind="problem">{problem.message}</Notice>}
        <div className={form.buttons}>
          <Button kind="main" icon="check" busy={doing !== undefined}>
            Record it
          </Button>
          <Button type="button" kind="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
