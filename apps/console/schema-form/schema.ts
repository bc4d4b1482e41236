/** As much of JSON Schema as makes a form. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  'x-secret'?: boolean;
  /** Text of several lines. */
  'x-multiline'?: boolean;
}

/** With what somebody fills something in. */
export type Control =
  'text' | 'longText' | 'secret' | 'number' | 'switch' | 'choice' | 'texts' | 'items' | 'entries' | 'group' | 'json';

export function controlOf(schema: Schema, value?: unknown): Control {
  if (choicesOf(schema).length > 0) return 'choice';
  switch (typeOf(schema)) {
    case 'string':
      return schema['x-multiline'] ? 'longText' : schema['x-secret'] ? 'secret' : 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'array':
      return listControl(schema.items);
    case 'object':
      return hasFields(schema) ? 'group' : isOfTexts(schema, value) ? 'entries' : 'json';
    default:
      return hasFields(schema) ? 'group' : 'json';
  }
}

/** The values to choose from; none: anything may be entered. */
export function choicesOf({ enum: values, oneOf }: Schema): string[] {
  const all =
    values ?? (oneOf?.every((branch) => branch.const !== undefined) ? oneOf.map((branch) => branch.const) : []);
  return all.every((value) => typeof value === 'string') ? all : [];
}

/** The schemas of which exactly one holds. */
export const branchesOf = ({ oneOf, anyOf }: Schema): Schema[] => oneOf ?? anyOf ?? [];

/** Its type; that of its branches where these agree. */
function typeOf(schema: Schema): string | undefined {
  const type = [schema.type ?? []].flat().find((one) => one !== 'null');
  if (type !== undefined) return type;
  const [first, ...others] = branchesOf(schema).map(typeOf);
  return others.every((other) => other === first) ? first : undefined;
}

function hasFields(schema: Schema): boolean {
  return schema.properties !== undefined || branchesOf(schema).some(({ properties }) => properties !== undefined);
}

function listControl(items: Schema = {}): Control {
  if (hasFields(items)) return 'items';
  return typeOf(items) === 'string' ? 'texts' : 'json';
}

/** An object without fields of its own is names with texts, as far as is known: by what is there, by its example, or as secrets are. */
function isOfTexts({ examples = [], ...schema }: Schema, value: unknown): boolean {
  const known = value ?? examples[0];
  if (typeof known !== 'object' || known === null) return schema['x-secret'] === true;
  return Object.values(known).every((one) => typeof one === 'string');
}
