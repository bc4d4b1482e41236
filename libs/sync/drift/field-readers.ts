import { fieldList, mappingReads, touches, type Condition, type Mapping } from '@millrace/sdk';

/** What a sync does with a row, as far as it names fields. */
export interface FieldUse {
  outputs: { object: string; mapping: Mapping }[];
  key?: string | string[];
  cursor?: string;
  filter?: Condition;
}

/** For a field, what reads it: `profile: traits.firstName`, `the key`. */
export function readersOf({ outputs, key, cursor, filter }: FieldUse): (field: string) => string[] {
  const reads = outputs.flatMap(({ object, mapping }) =>
    mappingReads(mapping).map(({ target, field }) => ({ reader: `${object}: ${target}`, field })),
  );
  for (const field of fieldList(key)) reads.push({ reader: 'the key', field });
  if (cursor !== undefined) reads.push({ reader: 'the cursor', field: cursor });
  for (const field of filter ? fieldsOf(filter) : []) reads.push({ reader: 'the filter', field });
  return (changed) => [...new Set(reads.flatMap(({ reader, field }) => (touches(changed, field) ? [reader] : [])))];
}

function fieldsOf(condition: Condition): string[] {
  if ('field' in condition) return [condition.field];
  if ('not' in condition) return fieldsOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(fieldsOf);
}
