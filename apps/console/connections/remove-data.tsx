import { useRef, useState, type FormEvent } from 'react';
import { useGrowingList, type Connection, type ConnectionData, type Sync } from '../api/index.ts';
import { Field, form } from '../forms/index.ts';
import { RouteLink } from '../routing/index.ts';
import { Button, Dialog, Notice } from '../ui/index.ts';
import { amountText } from './data-words.ts';

interface Props {
  connection: Connection;
  data: ConnectionData;
  onLeave: () => void;
  onRemove: () => void;
}

/** Tells what removing a connection's data does, and wants its name typed: nothing brings it back but the source. */
export function RemoveData({ connection, data, onLeave, onRemove }: Props) {
  const { id, slug = id } = connection;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [early, setEarly] = useState(false);
  const { found: syncs, complete, problem } = useGrowingList<Sync>('api/syncs');
  const running = syncs.filter(({ from, paused }) => [id, slug].includes(from.connection) && paused !== true);
  const remove = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === slug) return onRemove();
    setEarly(true);
    input.current?.focus();
  };
  return (
    <Dialog
      title={`Remove what “${connection.name}” said about people?`}
      first={input}
      onClose={onLeave}
      actions={
        <>
          <Button onClick={onLeave}>Leave it</Button>
          <Button kind="main" form="remove-data">
            Remove it
          </Button>
        </>
      }
    >
      <form id="remove-data" className={form.form} noValidate onSubmit={remove}>
        <p>
          It is about <b>{amountText(data)}</b>, and their events from here. All of it goes, with its history, as if it
          had never been there: traits change, audiences and syncs follow, and people whom only its records joined
          become several again. Consents stay. The connection stays, too. It cannot be undone: only the source can say
          it again.
        </p>
        {!complete && <p>Looking which syncs would bring it back …</p>}
        {problem && <Notice kind="problem">{problem.message}</Notice>}
        {running.length > 0 && (
          <Notice kind="warning">
            {running.length === 1 ? 'A sync brings' : `${running.length} syncs bring`} it back unless paused before:{' '}
            {running.map(({ id: sync, slug: ref = sync, name }, i) => (
              <span key={sync}>
                {i > 0 && ', '}
                <RouteLink to={{ room: 'sync', sync: ref }}>{name}</RouteLink>
              </span>
            ))}
            .
          </Notice>
        )}
        <Field label={`Type ${slug} to go on`} faults={early && typed.trim() !== slug ? [`That is not ${slug}.`] : []}>
          {(tied) => (
            <input
              {...tied}
              ref={input}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
