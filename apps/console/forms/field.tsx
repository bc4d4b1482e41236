import { useId, type ReactNode } from 'react';
import { Faults } from './faults.tsx';
import style from './field.module.css';

/** What ties a control to its label, its hint and what is wrong with it. */
export interface Tied {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface Props {
  label: string;
  /** It has to be filled in. */
  required?: boolean;
  hint?: ReactNode;
  /** What is wrong with it. */
  faults?: readonly string[];
  children: (tied: Tied) => ReactNode;
}

/** One control of a form, with its label above and what is said of it below. */
export function Field({ label, required = false, hint, faults = [], children }: Props) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, faults.length > 0 && `${id}-faults`].filter(Boolean).join(' ');
  return (
    <div className={style.field}>
      <label htmlFor={id}>
        {label}
        {required && <Required />}
      </label>
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(faults.length > 0 && { 'aria-invalid': true }),
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={style.hint}>
          {hint}
        </p>
      )}
      <Faults id={`${id}-faults`} faults={faults} />
    </div>
  );
}

/** Behind a label. */
export function Required() {
  return <small className={style.required}> required</small>;
}
