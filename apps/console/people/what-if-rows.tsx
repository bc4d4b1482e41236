import { Button } from '../ui/index.ts';
import { nextId, type WhatIf } from './what-if.ts';

interface Props {
  rows: readonly WhatIf[];
  onChange: (rows: WhatIf[]) => void;
  /** What a row is about: `Trait`, `Property`. */
  what: string;
  /** Text of the button that adds one. */
  add: string;
  /** Shown in empty fields. */
  example: { name: string; value: string };
  /** Id of a `datalist` with names to choose from. */
  names?: string;
  /** Whether it can be taken away instead of being something else. */
  mayBeMissing?: boolean;
}

/** Names with the values that they would have. */
export function WhatIfRows({ rows, onChange, what, add, example, names, mayBeMissing = false }: Props) {
  const setOne = (which: number, changed: Partial<WhatIf>) =>
    onChange(rows.map((one) => (one.id === which ? { ...one, ...changed } : one)));
  return (
    <>
      <ul>
        {rows.map(({ id, trait, value, missing }, i) => (
          <li key={id}>
            <input
              list={names}
              aria-label={`${what} ${i + 1}`}
              placeholder={example.name}
              value={trait}
              autoFocus={trait === ''}
              onChange={(event) => setOne(id, { trait: event.target.value })}
            />
            <span aria-hidden="true">=</span>
            <input
              aria-label={`Value of ${trait || `${what.toLowerCase()} ${i + 1}`}`}
              placeholder={missing ? 'missing' : example.value}
              value={missing ? '' : value}
              disabled={missing}
              onChange={(event) => setOne(id, { value: event.target.value })}
            />
            {mayBeMissing && (
              <label>
                <input type="checkbox" checked={missing} onChange={() => setOne(id, { missing: !missing })} /> missing
              </label>
            )}
            <Button
              kind="quiet"
              icon="trash"
              aria-label={`Remove ${trait || `${what.toLowerCase()} ${i + 1}`}`}
              onClick={() => onChange(rows.filter((one) => one.id !== id))}
            />
          </li>
        ))}
      </ul>
      <Button
        icon="plus"
        onClick={() => onChange([...rows, { id: nextId(rows), trait: '', value: '', missing: false }])}
      >
        {add}
      </Button>
    </>
  );
}
