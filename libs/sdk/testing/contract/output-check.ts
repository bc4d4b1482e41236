import { checkTargets, compileMapping, isObject, recordKindNames, recordKinds, type Mapping } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import { fieldsMade } from './fields-made.ts';

/** That the mapping of a stream's output compiles, and makes records that the profile store would take. */
export async function checkOutput(stream: string, object: string, mapping: Mapping): Promise<void> {
  const what = `${stream}: the mapping of output "${object}"`;
  await succeed(what, () => compileMapping(mapping));
  const kind = recordKindNames.find((name) => name === object);
  if (kind === undefined) {
    const meant = recordKindNames.find((name) => name === singular(object)); // others may be for a destination that we do not know
    if (meant !== undefined) throw fault(`${stream} has an output "${object}". Do you mean "${meant}"?`);
    return;
  }
  const { schema } = recordKinds[kind];
  await succeed(what, () => checkTargets(mapping, schema));
  const made = fieldsMade(mapping);
  const missing = (schema.required as string[]).find((field) => !made.has(field));
  if (missing !== undefined) throw fault(`${what} makes no ${missing}, ${needed(schema.properties, missing)}.`);
}

function needed(properties: unknown, field: string): string {
  const schema = isObject(properties) ? properties[field] : undefined;
  const example = isObject(schema) && schema.type === 'object' ? ` (such as "${field}.email")` : '';
  return `without which every row is refused${example}`;
}

function singular(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}
