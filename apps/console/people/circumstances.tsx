import { useId } from 'react';
import { Button, MomentInput } from '../ui/index.ts';
import { WhatIfRows } from './what-if-rows.tsx';
import type { Circumstance } from './what-if.ts';
import style from './circumstances.module.css';

interface Props {
  circumstance: Circumstance;
  onChange: (circumstance: Circumstance) => void;
  /** Names to choose from. */
  traits: readonly string[];
}

/** The moment of the mail, and what would be if a trait were another one or something had just happened. Nothing of it changes the person. */
export function Circumstances({ circumstance, onChange, traits }: Props) {
  const id = useId();
  const { asOf, whatIfs, event } = circumstance;
  const set = (changed: Partial<Circumstance>) => onChange({ ...circumstance, ...changed });
  return (
    <fieldset className={style.circumstances}>
      <legend className="unseen">What if</legend>
      <label className={style.moment}>
        As of
        <MomentInput value={asOf} onChange={(moment) => set({ asOf: moment })} />
        {asOf === '' ? (
          <span>· now</span>
        ) : (
          <Button kind="quiet" onClick={() => set({ asOf: '' })}>
            Now
          </Button>
        )}
      </label>
      <WhatIfRows
        rows={whatIfs}
        onChange={(rows) => set({ whatIfs: rows })}
        what="Trait"
        add="What if a trait were …"
        example={{ name: 'city', value: 'Rome' }}
        names={`${id}-traits`}
        mayBeMissing
      />
      <datalist id={`${id}-traits`}>
        {traits.map((trait) => (
          <option key={trait} value={trait} />
        ))}
      </datalist>
      {event === undefined ? (
        <Button icon="plus" onClick={() => set({ event: { name: '', properties: [] } })}>
          What if something had just happened …
        </Button>
      ) : (
        <>
          <div className={style.moment}>
            <label className={style.moment}>
              As if this had just happened
              <input
                placeholder="Cart Abandoned"
                value={event.name}
                autoFocus={event.name === ''}
                onChange={(changed) => set({ event: { ...event, name: changed.target.value } })}
              />
            </label>
            <Button kind="quiet" icon="trash" aria-label="Remove the event" onClick={() => set({ event: undefined })} />
          </div>
          <WhatIfRows
            rows={event.properties}
            onChange={(properties) => set({ event: { ...event, properties } })}
            what="Property"
            add="With a property …"
            example={{ name: 'product', value: 'Mug' }}
          />
        </>
      )}
    </fieldset>
  );
}
