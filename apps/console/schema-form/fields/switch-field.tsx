import { useId } from 'react';
import { Faults } from '../../forms/index.ts';
import type { FieldProps } from './field-props.ts';
import style from './fields.module.css';
import { useField } from './use-field.ts';

export function SwitchField(props: FieldProps) {
  const { title, hint, faults } = useField(props);
  const id = useId();
  const on = props.value ?? props.schema.default ?? false;
  return (
    <div className={style.switch}>
      <input
        id={id}
        type="checkbox"
        checked={on === true}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => props.onChange(target.checked)}
      />
      <div>
        <label htmlFor={id}>{title}</label>
        {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
        <Faults faults={faults} />
      </div>
    </div>
  );
}
