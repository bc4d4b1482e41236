import { Field } from '../../forms/index.ts';
import { textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { StoredSecret } from './stored-secret.tsx';
import { useField } from './use-field.ts';

export function SecretField(props: FieldProps) {
  const { title, stored, ...said } = useField(props);
  return (
    <Field label={title} {...said}>
      {(tied) => (
        <>
          {stored && <StoredSecret value={props.value} onChange={props.onChange} what={title} />}
          <input
            {...tied}
            type="password"
            value={textOf(props.value)}
            placeholder={stored ? 'another one' : undefined}
            autoComplete="new-password"
            onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
          />
        </>
      )}
    </Field>
  );
}
