import { Field } from '../../forms/index.ts';
import { choicesOf } from '../schema.ts';
import { textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

export function ChoiceField(props: FieldProps) {
  const { title, ...said } = useField(props);
  const { default: usual, description } = props.schema;
  return (
    <Field label={title} {...said} hint={description}>
      {(tied) => (
        <select
          {...tied}
          value={textOf(props.value)}
          onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
        >
          <option value="">{usual === undefined ? '–' : `${textOf(usual)} (default)`}</option>
          {choicesOf(props.schema)
            .filter((choice) => choice !== usual || choice === props.value)
            .map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
        </select>
      )}
    </Field>
  );
}
