import type { Connection } from '../api/index.ts';
import { Field } from '../forms/index.ts';
import { connectionOf } from './settle.ts';

interface Props {
  label: string;
  /** Those that can be chosen. */
  connections: readonly Connection[];
  /** All of them are known. */
  complete: boolean;
  /** Its id or slug. */
  value: string;
  faults: readonly string[];
  onChange: (connection: string) => void;
}

export function ConnectionSelect({ label, connections, complete, value, faults, onChange }: Props) {
  const chosen = connectionOf(connections, value);
  const builtIn = connections.filter((connection) => connection.builtIn);
  const others = connections
    .filter((connection) => !connection.builtIn)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return (
    <Field label={label} required faults={faults}>
      {(tied) => (
        <select {...tied} value={chosen?.id ?? value} onChange={({ target }) => onChange(target.value)}>
          {value === '' && <option value="">{complete ? 'Choose …' : 'Reading …'}</option>}
          {value !== '' && !chosen && <option value={value}>{complete ? `${value} (not there)` : value}</option>}
          {[builtIn, others].map((group, i) =>
            group.map(({ id, name, enabled }) => (
              <option key={id} value={id}>
                {name}
                {i === 0 && ' (part of Millrace)'}
                {!enabled && ' (disabled)'}
              </option>
            )),
          )}
        </select>
      )}
    </Field>
  );
}
