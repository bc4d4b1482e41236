import type { InputHTMLAttributes } from 'react';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'value' | 'onChange'> {
  /** ISO text; empty: none. */
  value: string;
  onChange: (moment: string) => void;
}

/** A moment, typed as all moments are shown: in UTC, whatever the browser's time zone is. */
export function MomentInput({ value, onChange, ...rest }: Props) {
  return (
    <>
      <input
        {...rest}
        type="datetime-local"
        value={value.slice(0, 16)}
        onChange={({ target }) => onChange(target.value === '' ? '' : new Date(`${target.value}Z`).toISOString())}
      />{' '}
      <span>UTC</span>
    </>
  );
}
