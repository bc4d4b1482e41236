import { useId, useRef, useState, type FormEvent } from 'react';
import { asProblem, useApi, type Template } from '../api/index.ts';
import { askedOf, draftOf } from '../drafts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { Button, Dialog, Notice } from '../ui/index.ts';
import { beginnings } from './beginnings.ts';
import style from './new-template.module.css';

interface Props {
  onClose: () => void;
  onCreated: (template: string) => void;
}

export function NewTemplate({ onClose, onCreated }: Props) {
  const api = useApi();
  const id = useId();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const keyFor = useIdempotencyKey();
  const nameField = useRef<HTMLInputElement>(null);

  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setProblem('Give it a name.');
    setBusy(true);
    try {
      const parts = askedOf(draftOf((beginnings[chosen] ?? beginnings[0])!.parts));
      const body = { name: name.trim(), ...parts };
      const { id } = await api.post<Template>('api/templates', { body, headers: { 'idempotency-key': keyFor(body) } });
      onCreated(id);
    } catch (thrown) {
      setProblem(asProblem(thrown).message);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="New template"
      first={nameField}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" form={id} busy={busy}>
            Create
          </Button>
        </>
      }
    >
      <form id={id} className={style.form} onSubmit={(event) => void create(event)}>
        {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          ref={nameField}
          value={name}
          maxLength={100}
          autoComplete="off"
          dir="auto"
          placeholder="Spring news"
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset>
          <legend>Begin with</legend>
          {beginnings.map(({ title, note }, i) => (
            <label key={title} className={style.beginning}>
              <input type="radio" name="beginning" checked={chosen === i} onChange={() => setChosen(i)} />
              <span>
                {title}
                <small>{note}</small>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}
