import { useState } from 'react';
import { form } from '../forms/index.ts';
import { BranchFields } from './branch-fields.tsx';
import { pathOf, useHasFaults, type FieldsProps } from './form-context.ts';
import { withField } from './json.ts';
import { SchemaField } from './schema-field.tsx';
import { controlOf, type Schema } from './schema.ts';
import { titleOf } from './words.ts';

/** The fields of an object one below the other; those that hardly anybody changes can be unfolded. */
export function Fields({ schema, value, path, onChange }: FieldsProps) {
  const all = Object.entries(schema.properties ?? {}).filter(([, field]) => field.const === undefined);
  const usual = all.filter(([, field]) => !isFineTuning(field));
  const fine = all.filter(([, field]) => isFineTuning(field));
  const finePaths = fine.map(([name]) => pathOf(path, name));
  const isFaulty = useHasFaults(finePaths);
  const [isTuned] = useState(() => fine.some(([name]) => value[name] !== undefined));
  const fieldsOf = (fields: [string, Schema][]) =>
    fields.map(([name, field]) => (
      <SchemaField
        key={name}
        schema={field}
        name={name}
        path={pathOf(path, name)}
        value={value[name] ?? undefined}
        required={schema.required?.includes(name) ?? false}
        onChange={(changed) => onChange(withField(value, name, changed))}
      />
    ));
  return (
    <>
      {fieldsOf(usual)}
      <BranchFields schema={schema} value={value} path={path} onChange={onChange} />
      {fine.length > 0 && (
        <details className={form.more} open={isTuned || isFaulty || undefined}>
          <summary>
            More <small>{fine.map(([name, field]) => titleOf(field, name)).join(', ')}</small>
          </summary>
          <div>{fieldsOf(fine)}</div>
        </details>
      )}
    </>
  );
}

/** Works as it is: a number or a switch with a default. */
function isFineTuning(field: Schema): boolean {
  return field.default !== undefined && ['number', 'switch'].includes(controlOf(field));
}
