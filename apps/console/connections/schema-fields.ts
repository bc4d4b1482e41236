interface Schema {
  type?: string | string[];
  description?: string;
  title?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

export interface SchemaField {
  /** Dotted; `lines[].sku` for what is in each element of a list. */
  path: string;
  type: string;
  description?: string;
}

/** How many are shown: enough for whoever looks for one, and no wall. */
const most = 200;
const deepest = 4;

/** The fields of a record, those inside of others too. */
export function fieldsOf(schema: object | undefined): SchemaField[] {
  return schema ? inside(schema, '', 0).slice(0, most) : [];
}

function inside({ properties = {} }: Schema, parent: string, depth: number): SchemaField[] {
  if (depth > deepest) return [];
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const elements = field.items?.properties ? inside(field.items, `${path}[]`, depth + 1) : [];
    return [
      { path, type: typeText(field), description: field.description ?? field.title },
      ...inside(field, path, depth + 1),
      ...elements,
    ];
  });
}

function typeText({ type = [], format }: Schema): string {
  const types = [type].flat().filter((one) => one !== 'null');
  return format !== undefined && types.length === 1 && types[0] === 'string' ? format : types.join(' or ');
}
