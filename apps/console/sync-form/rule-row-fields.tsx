import { useId, type KeyboardEvent } from 'react';
import { Faults, form } from '../forms/index.ts';
import { Button } from '../ui/index.ts';
import { RuleField } from './rule-field.tsx';
import type { RuleRow } from './rule-rows.ts';
import style from './mapping.module.css';

interface Props {
  row: RuleRow;
  number: number;
  /** What is known of the target. */
  hint?: string;
  /** Ids of the lists that complete it. */
  targets: string;
  fields: string;
  faults: readonly string[];
  onChange: (row: RuleRow) => void;
  onRemove: () => void;
  /** Somebody wants another row below. */
  onNext: () => void;
}

/** What one target of a mapping is made of. */
export function RuleRowFields({ row, number, hint, targets, fields, faults, onChange, onRemove, onNext }: Props) {
  const id = useId();
  const called = row.target.trim() === '' ? `target ${number}` : row.target;
  const told = {
    ...(faults.length > 0 && { 'aria-invalid': true as const }),
    'aria-describedby': faults.length > 0 ? `${id}-faults` : undefined,
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault(); // it would save
    onNext();
  };
  return (
    <li className={style.row}>
      <div>
        <input
          aria-label={`Target ${number}`}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          autoComplete="off"
          spellCheck={false}
          list={targets}
          value={row.target}
          data-target
          onKeyDown={onEnter}
          onChange={({ target }) => onChange({ ...row, target: target.value })}
        />
        {hint !== undefined && (
          <p id={`${id}-hint`} className={form.hint}>
            {hint}
          </p>
        )}
      </div>
      <span className={style.arrow} aria-hidden="true">
        ←
      </span>
      <div>
        <RuleField
          label={`Rule for ${called}`}
          value={row.rule}
          fields={fields}
          tied={told}
          onEnter={onEnter}
          onChange={(rule) => onChange({ ...row, rule })}
        />
        <Faults id={`${id}-faults`} faults={faults} />
      </div>
      <Button type="button" kind="quiet" icon="close" aria-label={`Remove ${called}`} onClick={onRemove} />
    </li>
  );
}
