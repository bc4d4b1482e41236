import { Check } from '../../forms/index.ts';
import type { FieldProps } from './field-props.ts';
import { useField } from './use-field.ts';

export function SwitchField(props: FieldProps) {
  const { title, hint, faults } = useField(props);
  const on = props.value ?? props.schema.default ?? false;
  return <Check label={title} hint={hint} faults={faults} checked={on === true} onChange={props.onChange} />;
}
