import { useId, type ReactNode } from 'react';
import { Faults } from './faults.tsx';
import { Required } from './field.tsx';
import style from './field.module.css';

interface Props {
  title: string;
  required?: boolean;
  hint?: ReactNode;
  /** What is wrong with the whole. */
  faults?: readonly string[];
  children: ReactNode;
}

/** Several controls that are one thing. */
export function FieldGroup({ title, required = false, hint, faults = [], children }: Props) {
  const id = useId();
  return (
    <fieldset className={style.group} aria-describedby={hint === undefined ? undefined : id}>
      <legend>
        {title}
        {required && <Required />}
      </legend>
      {hint !== undefined && (
        <p id={id} className={style.hint}>
          {hint}
        </p>
      )}
      {children}
      <Faults faults={faults} />
    </fieldset>
  );
}
