import { useMemo } from 'react';
import { FormContext, type Fault, type FieldsProps } from './form-context.ts';
import { Fields } from './fields.tsx';
import type { JsonObject } from './json.ts';
import type { Schema } from './schema.ts';

interface Props {
  schema: Schema;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** Of the value that was sent last. */
  faults?: readonly Fault[];
  /** Dotted paths of the secrets that are stored: they are kept where nothing else is entered, and '' takes one away. */
  stored?: readonly string[];
}

const none: readonly never[] = [];
const renderFields = (props: FieldsProps) => <Fields {...props} />;

/** The fields of an object, as its JSON Schema has them. Whether the value is right only the server says. */
export function SchemaForm({ schema, value, onChange, faults = none, stored = none }: Props) {
  const state = useMemo(() => ({ renderFields, faults, stored }), [faults, stored]);
  return (
    <FormContext value={state}>
      <Fields schema={schema} value={value} path="" onChange={onChange} />
    </FormContext>
  );
}
