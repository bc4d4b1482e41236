import { fieldsWithin, type Described, type Way } from '../record-schema/index.ts';

export interface SchemaField {
  /** Dotted; `lines[].sku` for what is in each element of a list. */
  path: string;
  type: string;
  description?: string;
}

/** How many are shown: enough for whoever looks for one, and no wall. */
const most = 200;

/** The fields of a record, those inside of others too. */
export function fieldsOf(schema: object | undefined): SchemaField[] {
  const fields: SchemaField[] = [];
  for (const { way, field } of fieldsWithin(schema ?? {})) {
    if (fields.length === most) break;
    fields.push({ path: pathOf(way), type: typeText(field), description: wordsIn(field) });
  }
  return fields;
}

const pathOf = (way: Way): string =>
  way.reduce<string>((path, step) => (step === null ? `${path}[]` : path === '' ? step : `${path}.${step}`), '');

const wordsIn = ({ description, title }: Described): string | undefined =>
  [description, title].find((text) => typeof text === 'string');

function typeText({ type, format }: Described): string {
  const types = [type].flat().filter((one) => typeof one === 'string' && one !== 'null');
  return typeof format === 'string' && types.length === 1 && types[0] === 'string' ? format : types.join(' or ');
}
