import { FieldGroup, form } from '../../forms/index.ts';
import { Button } from '../../ui/index.ts';
import { exampleOf, textOf } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { StoredSecret } from './stored-secret.tsx';
import { useField } from './use-field.ts';
import { useRowKeys } from './use-row-keys.ts';

/** A list of texts, or of secrets: these are replaced as a whole. */
export function TextsField(props: FieldProps) {
  const { title, stored, ...said } = useField(props);
  const { schema, value, onChange } = props;
  const texts = Array.isArray(value) ? value.map(textOf) : [];
  const { keys, drop } = useRowKeys(texts.length);
  const put = (changed: string[]) => onChange(changed.length === 0 ? undefined : changed);
  return (
    <FieldGroup title={title} rows={texts.length} {...said}>
      {stored && <StoredSecret value={value} onChange={onChange} what={title} />}
      {texts.length > 0 && (
        <ul className={form.rows}>
          {texts.map((text, i) => (
            <li key={keys[i]}>
              <input
                aria-label={`${title} ${i + 1}`}
                type={schema['x-secret'] ? 'password' : 'text'}
                value={text}
                placeholder={exampleOf(schema)}
                autoComplete={schema['x-secret'] ? 'new-password' : 'off'}
                spellCheck={false}
                autoFocus={text === ''}
                onChange={({ target }) => put(texts.with(i, target.value))}
              />
              <Button
                kind="quiet"
                icon="trash"
                type="button"
                aria-label={`Remove ${title} ${i + 1}`}
                onClick={() => {
                  drop(i);
                  put(texts.toSpliced(i, 1));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button icon="plus" type="button" aria-label={`Add to ${title}`} onClick={() => put([...texts, ''])}>
          Add
        </Button>
      </div>
    </FieldGroup>
  );
}
