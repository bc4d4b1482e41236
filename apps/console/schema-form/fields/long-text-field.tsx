import { Field } from '../../forms/index.ts';
import { exampleOf, textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { StoredSecret } from './stored-secret.tsx';
import { useField } from './use-field.ts';

/** Text of several lines, a secret one too (a key as PEM): that could not be entered unseen. */
export function LongTextField(props: FieldProps) {
  const { title, stored, ...said } = useField(props);
  return (
    <Field label={title} {...said}>
      {(tied) => (
        <>
          {stored && <StoredSecret value={props.value} onChange={props.onChange} what={title} />}
          <textarea
            {...tied}
            rows={4}
            value={textOf(props.value)}
            placeholder={exampleOf(props.schema)}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
          />
        </>
      )}
    </Field>
  );
}
