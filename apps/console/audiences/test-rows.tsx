import { useId } from 'react';
import { Button } from '../ui/index.ts';
import { exampleOf, operators, takesValue, type Operator, type TestDraft } from './test-draft.ts';
import { useFields } from './use-fields.ts';
import style from './audience-form.module.css';

interface Props {
  tests: readonly TestDraft[];
  /** Ids of those that have to name their field. */
  fieldless: readonly number[];
  onChange: (tests: TestDraft[]) => void;
}

/** The tests of a condition, a row each. */
export function TestRows({ tests, fieldless, onChange }: Props) {
  const id = useId();
  const fields = useFields();
  const change = (which: number, changed: Partial<TestDraft>) =>
    onChange(tests.map((test) => (test.id === which ? { ...test, ...changed } : test)));
  return (
    <>
      <div className={style.tests}>
        {tests.map((test, i) => (
          <div key={test.id} className={style.test} role="group" aria-label={`Test ${i + 1}`}>
            <input
              aria-label="Field"
              list={id}
              placeholder="traits.city"
              value={test.field}
              aria-invalid={fieldless.includes(test.id) || undefined}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => change(test.id, { field: target.value })}
            />
            <select
              aria-label="How it is compared"
              value={test.is}
              onChange={({ target }) => change(test.id, { is: target.value as Operator })}
            >
              {Object.entries(operators).map(([operator, words]) => (
                <option key={operator} value={operator}>
                  {words}
                </option>
              ))}
            </select>
            <input
              aria-label="Value"
              placeholder={exampleOf(test.is)}
              value={takesValue(test.is) ? test.value : ''}
              disabled={!takesValue(test.is)}
              autoComplete="off"
              onChange={({ target }) => change(test.id, { value: target.value })}
            />
            <Button
              type="button"
              kind="quiet"
              icon="trash"
              aria-label={`Remove test ${i + 1}`}
              onClick={() => onChange(tests.filter((other) => other.id !== test.id))}
            />
          </div>
        ))}
      </div>
      <datalist id={id}>
        {fields.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
    </>
  );
}
