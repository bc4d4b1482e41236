import { Fragment, useState } from 'react';
import { Field } from '../forms/index.ts';
import { branchOf, branchTitle, inBranch } from './branches.ts';
import { useRenderFields, type FieldsProps } from './form-context.ts';
import { branchesOf, choicesOf } from './schema.ts';

/** The ways of which an object goes one, and the fields of that one. */
export function BranchFields({ schema, value, path, onChange }: FieldsProps) {
  const renderFields = useRenderFields();
  const [picked, setPicked] = useState<number>();
  const branches = branchesOf(schema);
  if (branches.length === 0 || choicesOf(schema).length > 0) return null;
  const chosen = picked ?? branchOf(schema, value);
  const pick = (index: number) => {
    setPicked(index);
    onChange(inBranch(schema, value, index));
  };
  return (
    <>
      <Field label="Kind">
        {(tied) => (
          <select {...tied} value={chosen} onChange={({ target }) => pick(Number(target.value))}>
            {branches.map((branch, i) => (
              <option key={i} value={i}>
                {branchTitle(branch, i)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Fragment key={chosen}>{renderFields({ schema: branches[chosen] ?? {}, value, path, onChange })}</Fragment>
    </>
  );
}
