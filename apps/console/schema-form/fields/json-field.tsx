import { useState } from 'react';
import { Field } from '../../forms/index.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

/** Whatever no other field is made for, as JSON. What is not JSON stays as it was typed. */
export function JsonField(props: FieldProps) {
  const { title, faults, ...said } = useField(props);
  const [text, setText] = useState(() => (props.value === undefined ? '' : JSON.stringify(props.value, null, 2)));
  const parsed = parsedOf(text);
  const change = (typed: string) => {
    setText(typed);
    props.onChange(parsedOf(typed).value);
  };
  return (
    <Field label={title} {...said} faults={parsed.fault === undefined ? faults : [parsed.fault]}>
      {(tied) => (
        <textarea
          {...tied}
          rows={4}
          value={text}
          placeholder={exampleText(props.schema.examples)}
          spellCheck={false}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}

function parsedOf(text: string): { value: unknown; fault?: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { value: text, fault: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function exampleText([example]: unknown[] = []): string | undefined {
  return example === undefined ? undefined : `such as ${JSON.stringify(example)}`;
}
