import { useId } from 'react';
import { Button } from '../ui/index.ts';
import type { Circumstance, WhatIf } from './what-if.ts';
import style from './circumstances.module.css';

interface Props {
  circumstance: Circumstance;
  onChange: (circumstance: Circumstance) => void;
  /** Names to choose from. */
  traits: readonly string[];
}

/** The moment of the mail, and what would be if a trait were another one. Nothing of it changes the person. */
export function Circumstances({ circumstance, onChange, traits }: Props) {
  const id = useId();
  const { asOf, whatIfs } = circumstance;
  const set = (changed: Partial<Circumstance>) => onChange({ ...circumstance, ...changed });
  const setOne = (which: number, changed: Partial<WhatIf>) =>
    set({ whatIfs: whatIfs.map((one) => (one.id === which ? { ...one, ...changed } : one)) });
  const add = () => {
    const next = Math.max(0, ...whatIfs.map((one) => one.id)) + 1;
    set({ whatIfs: [...whatIfs, { id: next, trait: '', value: '', missing: false }] });
  };
  return (
    <fieldset className={style.circumstances}>
      <legend className="unseen">What if</legend>
      <label className={style.moment}>
        As of
        <input type="datetime-local" value={asOf} onChange={(event) => set({ asOf: event.target.value })} />
        {asOf === '' ? (
          <span>now</span>
        ) : (
          <Button kind="quiet" onClick={() => set({ asOf: '' })}>
            Now
          </Button>
        )}
      </label>
      <ul>
        {whatIfs.map(({ id: which, trait, value, missing }, i) => (
          <li key={which}>
            <input
              list={`${id}-traits`}
              aria-label={`Trait ${i + 1}`}
              placeholder="city"
              value={trait}
              autoFocus={trait === ''}
              onChange={(event) => setOne(which, { trait: event.target.value })}
            />
            <span aria-hidden="true">=</span>
            <input
              aria-label={`Value of ${trait || `trait ${i + 1}`}`}
              placeholder={missing ? 'missing' : 'Rome'}
              value={missing ? '' : value}
              disabled={missing}
              onChange={(event) => setOne(which, { value: event.target.value })}
            />
            <label>
              <input type="checkbox" checked={missing} onChange={() => setOne(which, { missing: !missing })} /> missing
            </label>
            <Button
              kind="quiet"
              icon="trash"
              aria-label={`Remove ${trait || `trait ${i + 1}`}`}
              onClick={() => set({ whatIfs: whatIfs.filter((one) => one.id !== which) })}
            />
          </li>
        ))}
      </ul>
      <datalist id={`${id}-traits`}>
        {traits.map((trait) => (
          <option key={trait} value={trait} />
        ))}
      </datalist>
      <Button icon="plus" onClick={add}>
        What if a trait were …
      </Button>
    </fieldset>
  );
}
