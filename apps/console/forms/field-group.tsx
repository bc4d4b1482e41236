import { useId, type ReactNode } from 'react';
import { Faults } from './faults.tsx';
import { Required } from './field.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import style from './field.module.css';

interface Props {
  title: string;
  required?: boolean;
  hint?: ReactNode;
  /** What is wrong with the whole. */
  faults?: readonly string[];
  children: ReactNode;
  /** Of how many rows it consists, where they can be taken away. */
  rows?: number;
}

/** Several controls that are one thing. */
export function FieldGroup({ title, required = false, hint, faults = [], rows = 0, children }: Props) {
  const id = useId();
  const group = useKeptFocus<HTMLFieldSetElement>(rows);
  const described = [hint !== undefined && id, faults.length > 0 && `${id}-faults`].filter(Boolean).join(' ');
  return (
    <fieldset
      ref={group}
      className={style.group}
      aria-describedby={described || undefined}
      data-faulty={faults.length > 0 || undefined}
    >
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
      <Faults id={`${id}-faults`} faults={faults} />
    </fieldset>
  );
}
