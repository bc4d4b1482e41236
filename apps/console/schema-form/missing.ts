import { branchOf } from './branches.ts';
import { pathOf, type Fault } from './form-context.ts';
import { isObject, type JsonObject } from './json.ts';
import { branchesOf, type Schema } from './schema.ts';

/** What has to be filled in and was not. Secrets that are stored are there. */
export function missingIn(schema: Schema, value: JsonObject, stored: readonly string[] = [], parent = ''): Fault[] {
  const { properties = {}, required = [] } = schema;
  const own = required
    .filter((name) => isEmpty(value[name]) && properties[name]?.const === undefined)
    .map((name) => pathOf(parent, name))
    .filter((path) => !stored.includes(path));
  const inside = Object.entries(properties).flatMap(([name, field]) =>
    within(field, value[name], stored, pathOf(parent, name)),
  );
  const branch = branchesOf(schema)[branchOf(schema, value)];
  return [
    ...own.map((path) => ({ path, message: 'Fill this in.' })),
    ...inside,
    ...(branch?.properties ? missingIn(branch, value, stored, parent) : []),
  ];
}

function within(field: Schema, value: unknown, stored: readonly string[], path: string): Fault[] {
  if (isObject(value)) return missingIn(field, value, stored, path);
  if (!Array.isArray(value) || !field.items) return [];
  const { items } = field;
  return value.flatMap((item, i) => within(items, item, stored, pathOf(path, i)));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.every((one) => one === ''));
