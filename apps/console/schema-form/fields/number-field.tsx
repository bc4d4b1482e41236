import { Field } from '../../forms/index.ts';
import { exampleOf, textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

/** A number. What is none stays as it was typed, for the server to say so. */
export function NumberField(props: FieldProps) {
  const { title, ...said } = useField(props);
  return (
    <Field label={title} {...said}>
      {(tied) => (
        <input
          {...tied}
          inputMode="decimal"
          value={textOf(props.value)}
          placeholder={exampleOf(props.schema)}
          autoComplete="off"
          onChange={({ target }) => props.onChange(numberOf(target.value))}
        />
      )}
    </Field>
  );
}

function numberOf(text: string): number | string | undefined {
  if (text === '') return undefined;
  const number = Number(text);
  return String(number) === text ? number : text;
}
