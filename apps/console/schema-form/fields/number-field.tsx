import { useState } from 'react';
import { Field } from '../../forms/index.ts';
import { exampleOf, textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

/** A number. What is none goes to the server as it was typed, which says so. */
export function NumberField(props: FieldProps) {
  const { title, ...said } = useField(props);
  const [text, setText] = useState(() => textOf(props.value)); // 1.0 is on the way to 1.05
  const change = (typed: string) => {
    setText(typed);
    props.onChange(numberOf(typed.trim()));
  };
  return (
    <Field label={title} {...said}>
      {(tied) => (
        <input
          {...tied}
          inputMode="decimal"
          value={text}
          placeholder={exampleOf(props.schema)}
          autoComplete="off"
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}

function numberOf(text: string): number | string | undefined {
  if (text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
