import { useState } from 'react';
import { FieldGroup, form } from '../../forms/index.ts';
import { Button } from '../../ui/index.ts';
import { asObject } from '../json.ts';
import { textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { StoredSecret } from './stored-secret.tsx';
import { useField } from './use-field.ts';

interface Entry {
  id: number;
  name: string;
  text: string;
}

/** Names with texts, such as headers. Those that have no name yet are not of the value. */
export function EntriesField(props: FieldProps) {
  const { title, stored, faults, ...said } = useField(props);
  const { schema, value, onChange } = props;
  const [entries, setEntries] = useState<readonly Entry[]>(() =>
    Object.entries(asObject(value)).map(([name, one], id) => ({ id, name, text: textOf(one) })),
  );
  const put = (changed: readonly Entry[]) => {
    setEntries(changed);
    const named = changed.filter(({ name }) => name !== '').map(({ name, text }) => [name, text]);
    onChange(named.length === 0 ? undefined : Object.fromEntries(named));
  };
  const change = (id: number, part: Partial<Entry>) =>
    put(entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
  const nextId = Math.max(-1, ...entries.map(({ id }) => id)) + 1;
  const twice = entries.find(({ id, name }) => name !== '' && entries.some((one) => one.id > id && one.name === name));
  const told = twice ? [...faults, `Two are called "${twice.name}": only the last of them counts.`] : faults;
  return (
    <FieldGroup title={title} rows={entries.length} faults={told} {...said}>
      {stored && <StoredSecret value={value} onChange={onChange} what={title} />}
      {entries.length > 0 && (
        <ul className={form.rows}>
          {entries.map(({ id, name, text }, i) => (
            <li key={id}>
              <input
                aria-label={`Name ${i + 1} of ${title}`}
                placeholder="name"
                value={name}
                autoComplete="off"
                spellCheck={false}
                autoFocus={name === ''}
                onChange={({ target }) => change(id, { name: target.value })}
              />
              <input
                aria-label={`Value ${i + 1} of ${title}`}
                placeholder="value"
                type={schema['x-secret'] ? 'password' : 'text'}
                value={text}
                autoComplete={schema['x-secret'] ? 'new-password' : 'off'}
                spellCheck={false}
                onChange={({ target }) => change(id, { text: target.value })}
              />
              <Button
                kind="quiet"
                icon="trash"
                type="button"
                aria-label={`Remove ${name || `entry ${i + 1}`} of ${title}`}
                onClick={() => put(entries.filter((entry) => entry.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          icon="plus"
          type="button"
          aria-label={`Add to ${title}`}
          onClick={() => setEntries([...entries, { id: nextId, name: '', text: '' }])}
        >
          Add
        </Button>
      </div>
    </FieldGroup>
  );
}
