import type { ComponentType } from 'react';
import { ChoiceField } from './fields/choice-field.tsx';
import { EntriesField } from './fields/entries-field.tsx';
import type { FieldProps } from './fields/field-props.ts';
import { GroupField } from './fields/group-field.tsx';
import { ItemsField } from './fields/items-field.tsx';
import { JsonField } from './fields/json-field.tsx';
import { LongTextField } from './fields/long-text-field.tsx';
import { NumberField } from './fields/number-field.tsx';
import { SecretField } from './fields/secret-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import { TextField } from './fields/text-field.tsx';
import { TextsField } from './fields/texts-field.tsx';
import { controlOf, type Control } from './schema.ts';

const components: Record<Control, ComponentType<FieldProps>> = {
  text: TextField,
  longText: LongTextField,
  secret: SecretField,
  number: NumberField,
  switch: SwitchField,
  choice: ChoiceField,
  texts: TextsField,
  items: ItemsField,
  entries: EntriesField,
  group: GroupField,
  json: JsonField,
};

/** One field, with what suits its schema. */
export function SchemaField(props: FieldProps) {
  const Component = components[controlOf(props.schema, props.value)];
  return <Component {...props} />;
}
