import { useState } from 'react';
import { FieldGroup, form } from '../forms/index.ts';
import { Button } from '../ui/index.ts';
import style from './alert-rooms.module.css';

interface Props {
  title: string;
  hint: string;
  /** What can be chosen, with what is shown for it. */
  options: readonly (readonly [value: string, text: string])[];
  chosen: readonly string[];
  faults: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Some of many. */
export function ChosenField({ title, hint, options, chosen, faults, onChange }: Props) {
  const [next, setNext] = useState('');
  const textOf = (value: string) => options.find(([option]) => option === value)?.[1] ?? value;
  const left = options.filter(([option]) => !chosen.includes(option));
  const add = () => {
    if (next !== '') onChange([...chosen, next]);
    setNext('');
  };
  return (
    <FieldGroup title={title} hint={hint} faults={faults} rows={chosen.length}>
      {chosen.length > 0 && (
        <ul className={form.rows}>
          {chosen.map((value) => (
            <li key={value}>
              <span className={style.chosen}>{textOf(value)}</span>
              <Button
                kind="quiet"
                icon="trash"
                type="button"
                aria-label={`Remove ${textOf(value)}`}
                onClick={() => onChange(chosen.filter((one) => one !== value))}
              />
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <div className={style.pick}>
          <select aria-label={`Another one: ${title}`} value={next} onChange={({ target }) => setNext(target.value)}>
            <option value="">Choose …</option>
            {left.map(([option, text]) => (
              <option key={option} value={option}>
                {text}
              </option>
            ))}
          </select>
          <Button icon="plus" type="button" aria-label={`Add to: ${title}`} onClick={add}>
            Add
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}
