import { fieldsWithin, type Described, type Way } from '../record-schema/index.ts';

/** A place in a record, as mappings write it. */
export interface SchemaField {
  path: string;
  /** Absent: it says no more than the name. */
  title?: string;
  description?: string;
  /** It may hold whatever one likes: the names in it are one's own. */
  open: boolean;
}

const most = 500;

/**
 * The fields of records that a JSON Schema describes, those within others behind them.
 *
 * @param inLists also those of a list's elements: `lines[*].price`
 */
export function fieldsOf(schema: object | undefined, inLists: boolean): SchemaField[] {
  const fields: SchemaField[] = [];
  for (const { way, name, field } of fieldsWithin(schema ?? {})) {
    if (fields.length === most) break;
    if (!inLists && way.includes(null)) continue;
    const open = types(field).includes('object') && field.additionalProperties !== false;
    const title = textIn(field.title);
    const says = title?.toLowerCase() !== name.toLowerCase();
    fields.push({ path: pathOf(way), title: says ? title : undefined, description: textIn(field.description), open });
  }
  return fields;
}

const pathOf = (way: Way): string =>
  way.reduce<string>((path, step) => (step === null ? `${path}[*]` : within(path, step)), '');

/** A name within another: `traits.city`, `["odd name"]`. */
export function within(parent: string, name: string): string {
  if (!/^[^\s.[\]|()"',{}]+$/.test(name)) return `${parent}[${JSON.stringify(name)}]`;
  return parent === '' ? name : `${parent}.${name}`;
}

/** What a record has to have. */
export function requiredIn(schema: object | undefined): string[] {
  const { required } = (schema ?? {}) as { required?: unknown };
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

const types = ({ type }: Described): unknown[] => [type].flat();
const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
