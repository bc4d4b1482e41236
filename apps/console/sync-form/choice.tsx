import { Field } from '../forms/index.ts';

interface Props {
  label: string;
  hint?: string;
  /** Empty: as usual. */
  value: string;
  /** What the API does where nothing is said. */
  usual?: string;
  /** What can be chosen, with what is shown for it. */
  options: readonly (readonly [value: string, text: string])[];
  faults: readonly string[];
  onChange: (value: string) => void;
}

/** One of a few, or what is usual. What was chosen before stays, though it is not possible here: the API says why. */
export function Choice({ label, hint, value, usual, options, faults, onChange }: Props) {
  return (
    <Field label={label} hint={hint} faults={faults}>
      {(tied) => (
        <select {...tied} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">As usual{usual === undefined ? '' : `: ${usual}`}</option>
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
          {value !== '' && !options.some(([option]) => option === value) && (
            <option value={value}>{value} (not possible here)</option>
          )}
        </select>
      )}
    </Field>
  );
}
