import { useEffect, useId, useMemo, useRef } from 'react';
import type { Stream, TargetObject } from '../api/index.ts';
import { FieldGroup, form } from '../forms/index.ts';
import { Button } from '../ui/index.ts';
import { faultsOfRow, type Fault } from './faults.ts';
import { fieldsOf } from './fields-of.ts';
import { missingTargets } from './missing-targets.ts';
import { RuleRowFields } from './rule-row-fields.tsx';
import { openTargets, rowsForTheRest } from './suggest-mapping.ts';
import type { RuleRow } from './rule-rows.ts';
import type { OutputDraft } from './sync-draft.ts';
import style from './mapping.module.css';

interface Props {
  output: OutputDraft;
  isUsual: boolean;
  stream?: Stream;
  /** Undefined: nothing is known of it. */
  object?: TargetObject;
  faults: readonly Fault[];
  onChange: (rows: RuleRow[]) => void;
  /** Absent: it is the only one. */
  onRemove?: () => void;
  /** Absent: it is as usual, or nothing is. */
  onUsual?: () => void;
}

/** How a row becomes a record of one object. */
export function MappingFields({ output, isUsual, stream, object, faults, onChange, onRemove, onUsual }: Props) {
  const id = useId();
  const { rows } = output;
  const list = useRef<HTMLUListElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const wanted = useRef<number>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const targets = [...(list.current?.querySelectorAll<HTMLInputElement>('[data-target]') ?? [])];
    (targets[Math.min(wanted.current, targets.length - 1)] ?? adding.current)?.focus();
    wanted.current = undefined;
  }, [rows]);
  const change = (next: RuleRow[], focus: number) => {
    wanted.current = focus;
    onChange(next);
  };
  const add = (at: number) => change(rows.toSpliced(at, 0, { target: '', rule: '' }), at);
  const { targets, fields, hints } = useMemo(() => completionsOf(stream, object), [stream, object]);
  const missing = object ? missingTargets(object, rows) : [];
  const rest = stream && object ? rowsForTheRest(stream, object, rows) : [];
  const title = object?.title ?? output.object;
  return (
    <FieldGroup
      title={`Mapping to ${title}`}
      hint={
        isUsual ? 'The usual mapping, also when the connector brings another one. Change it, and it is your own.' : hint
      }
    >
      <ul ref={list} className={style.rows}>
        {rows.map((row, i) => (
          <RuleRowFields
            key={i}
            row={row}
            number={i + 1}
            hint={hints.get(row.target)}
            targets={`${id}-targets`}
            fields={`${id}-fields`}
            faults={faultsOfRow(faults, output.object, row)}
            onChange={(changed) => onChange(rows.with(i, changed))}
            onRemove={() => change(rows.toSpliced(i, 1), i)}
            onNext={() => add(i + 1)}
          />
        ))}
      </ul>
      {missing.length > 0 && <p className={style.missing}>It needs, and has no rule for: {missing.join(', ')}.</p>}
      <div className={form.buttons}>
        <Button ref={adding} type="button" icon="plus" onClick={() => add(rows.length)}>
          Add a target
        </Button>
        {rest.length > 0 && (
          <Button type="button" onClick={() => change([...rows, ...rest], rows.length)}>
            {rest.length === 1 ? 'Add the field that is left' : `Add the ${rest.length} fields that are left`}
          </Button>
        )}
        {onUsual && (
          <Button
            type="button"
            kind="quiet"
            icon="history"
            onClick={() => {
              wanted.current = 0;
              onUsual();
            }}
          >
            Begin anew
          </Button>
        )}
        {onRemove && (
          <Button type="button" kind="quiet" icon="trash" onClick={onRemove}>
            Write no {title}
          </Button>
        )}
      </div>
      <datalist id={`${id}-targets`}>
        {targets.map((target) => (
          <option key={target} value={target}>
            {hints.get(target)}
          </option>
        ))}
      </datalist>
      <datalist id={`${id}-fields`}>
        {fields.map(({ path, title }) => (
          <option key={path} value={path}>
            {title}
          </option>
        ))}
      </datalist>
    </FieldGroup>
  );
}

const hint = (
  <>
    Target ← a field and transforms, such as <code>email | trim</code>, or <code>{'{ "value": "shop" }'}</code>.
  </>
);

function completionsOf(stream: Stream | undefined, object: TargetObject | undefined) {
  const described = object ? fieldsOf(object.schema, false) : [];
  const own = object ? openTargets(stream, object) : [];
  const targets = [...new Set([...described.map(({ path }) => path), ...own])];
  const hints = new Map(
    described.map(({ path, title, description }) => [
      path,
      [title, description].filter(Boolean).join(': ') || undefined,
    ]),
  );
  return { targets, hints, fields: fieldsOf(stream?.schema, true) };
}
