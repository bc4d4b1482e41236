import { useId, type ReactNode } from 'react';
import { Faults } from './faults.tsx';
import style from './field.module.css';

interface Props {
  label: ReactNode;
  hint?: string;
  faults?: readonly string[];
  /** The group to which it belongs is not right. */
  invalid?: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is ticked, or not. */
export function Check({ label, hint, faults = [], invalid = faults.length > 0, checked, onChange }: Props) {
  const id = useId();
  return (
    <div className={style.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-invalid={invalid || undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
        <Faults faults={faults} />
      </div>
    </div>
  );
}
