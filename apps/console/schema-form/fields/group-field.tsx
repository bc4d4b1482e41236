import { FieldGroup } from '../../forms/index.ts';
import { asObject } from '../json.ts';
import { useRenderFields } from '../form-context.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

/** An object with fields of its own. Without any of them it is not there. */
export function GroupField(props: FieldProps) {
  const renderFields = useRenderFields();
  const { title, ...said } = useField(props);
  return (
    <FieldGroup title={title} {...said}>
      {renderFields({
        schema: props.schema,
        value: asObject(props.value),
        path: props.path,
        onChange: (changed) => props.onChange(Object.keys(changed).length === 0 ? undefined : changed),
      })}
    </FieldGroup>
  );
}
