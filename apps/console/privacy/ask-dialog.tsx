import { useRef, useState, type FormEvent } from 'react';
import { useAct, type PrivacyRequest, type Profile, type RequestKind } from '../api/index.ts';
import { Field, form, useIdempotencyKey } from '../forms/index.ts';
import { go } from '../routing/index.ts';
import { Button, Dialog, Notice, useAnnounce } from '../ui/index.ts';
import { Reach } from './reach.tsx';
import { kinds } from './words.ts';

/** Typed by whoever means it: nothing brings back what is erased. */
const word = 'erase';

interface Props {
  kind: RequestKind;
  profile: Profile;
  /** What they are called. */
  name: string;
  onClose: () => void;
}

/** Asks whether it is meant, and for whose ticket; leads to the request. */
export function AskDialog({ kind, profile, name, onClose }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyOf = useIdempotencyKey();
  const [reference, setReference] = useState('');
  const [typed, setTyped] = useState('');
  const [faulty, setFaulty] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const assured = useRef<HTMLInputElement>(null);
  const { ask, means, yes, title } = kinds[kind];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const isMeant = kind !== 'erase' || typed.trim().toLowerCase() === word;
    setFaulty(!isMeant);
    if (!isMeant) return assured.current?.focus();
    const ticket = reference.trim();
    const body = { kind, profile: profile.id, ...(ticket !== '' && { reference: ticket }) };
    const headers = { 'idempotency-key': keyOf(body) };
    const made = await act('ask', (api) => api.post<PrivacyRequest>('api/privacy/requests', { body, headers }));
    if (!made) return;
    announce(`The ${title.toLowerCase()} is asked for.`);
    go({ room: 'privacyRequest', request: made.id });
  };
  return (
    <Dialog title={ask(name)} first={first} onClose={onClose}>
      <form className={form.form} noValidate onSubmit={(event) => void send(event)}>
        <p>{means}</p>
        <Reach profile={profile.id} />
        <Field label="Reference" hint="Your own, such as a ticket’s number. It is kept: no name, no address.">
          {(tied) => (
            <input
              {...tied}
              ref={first}
              value={reference}
              maxLength={100}
              autoComplete="off"
              onChange={({ target }) => setReference(target.value)}
            />
          )}
        </Field>
        {kind === 'erase' && (
          <Field
            label={`Type “${word}” if you mean it`}
            required
            faults={faulty ? [`Type ${word}: what is erased does not come back.`] : []}
          >
            {(tied) => (
              <input
                {...tied}
                ref={assured}
                value={typed}
                autoComplete="off"
                onChange={({ target }) => setTyped(target.value)}
              />
            )}
          </Field>
        )}
        {problem && <Notice kind="problem">{problem.message}</Notice>}
        <div className={form.buttons}>
          <Button kind="main" busy={doing !== undefined}>
            {yes}
          </Button>
          <Button type="button" kind="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
