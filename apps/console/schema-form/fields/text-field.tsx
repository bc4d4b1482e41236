import { Field } from '../../forms/index.ts';
import { exampleOf, textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

export function TextField(props: FieldProps) {
  const { title, ...said } = useField(props);
  return (
    <Field label={title} {...said}>
      {(tied) => (
        <input
          {...tied}
          value={textOf(props.value)}
          placeholder={exampleOf(props.schema)}
          required={props.required}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
        />
      )}
    </Field>
  );
}
