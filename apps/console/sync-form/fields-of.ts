/** A place in a record, as mappings write it. */
export interface SchemaField {
  path: string;
  /** Absent: it says no more than the name. */
  title?: string;
  description?: string;
  /** It may hold whatever one likes: the names in it are one's own. */
  open: boolean;
}

interface Described {
  type?: unknown;
  title?: unknown;
  description?: unknown;
  properties?: unknown;
  additionalProperties?: unknown;
  items?: unknown;
}

const deepest = 5;
const most = 500;

/**
 * The fields of records that a JSON Schema describes, those within others behind them.
 *
 * @param inLists also those of a list's elements: `lines[*].price`
 */
export function fieldsOf(schema: object | undefined, inLists: boolean): SchemaField[] {
  return [...walk(schema ?? {}, '', 0, inLists)].slice(0, most);
}

function* walk(schema: Described, parent: string, depth: number, inLists: boolean): Generator<SchemaField> {
  if (depth === deepest) return;
  for (const [name, described] of Object.entries(objectIn(schema.properties))) {
    const field: Described = objectIn(described);
    const path = within(parent, name);
    const isObject = types(field).includes('object');
    const open = isObject && field.additionalProperties !== false;
    const title = textIn(field.title);
    const says = title?.toLowerCase() !== name.toLowerCase();
    yield { path, title: says ? title : undefined, description: textIn(field.description), open };
    if (isObject || field.properties !== undefined) yield* walk(field, path, depth + 1, inLists);
    else if (inLists && field.items !== undefined) yield* walk(objectIn(field.items), `${path}[*]`, depth + 1, inLists);
  }
}

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

function objectIn(value: unknown): object & Described {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
