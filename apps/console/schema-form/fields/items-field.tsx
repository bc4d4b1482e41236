import { FieldGroup } from '../../forms/index.ts';
import { Button } from '../../ui/index.ts';
import { asObject } from '../json.ts';
import { pathOf, useRenderFields } from '../form-context.ts';
import type { FieldProps } from './field-props.ts';
import style from './fields.module.css';
import { useField } from './use-field.ts';
import { useRowKeys } from './use-row-keys.ts';

/** A list of objects that have fields of their own. */
export function ItemsField(props: FieldProps) {
  const renderFields = useRenderFields();
  const { title, ...said } = useField(props);
  const { schema, path, value, onChange } = props;
  const items = Array.isArray(value) ? value.map(asObject) : [];
  const { keys, drop } = useRowKeys(items.length);
  return (
    <FieldGroup title={title} rows={items.length} {...said}>
      {items.map((item, i) => (
        <fieldset key={keys[i]} className={style.item}>
          <legend className="unseen">
            {title} {i + 1}
          </legend>
          {renderFields({
            schema: schema.items ?? {},
            value: item,
            path: pathOf(path, i),
            onChange: (changed) => onChange(items.with(i, changed)),
          })}
          <div>
            <Button
              icon="trash"
              type="button"
              aria-label={`Remove ${title} ${i + 1}`}
              onClick={() => {
                drop(i);
                onChange(items.length === 1 ? undefined : items.toSpliced(i, 1));
              }}
            >
              Remove
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button icon="plus" type="button" aria-label={`Add to ${title}`} onClick={() => onChange([...items, {}])}>
          Add
        </Button>
      </div>
    </FieldGroup>
  );
}
