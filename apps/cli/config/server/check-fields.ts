import { compileSchema, nearestName, type JsonSchema } from '@millrace/sdk';
import type { Fields, Path } from '../documents/document.ts';
import { propertiesOf, schemaAt } from './schema-at.ts';

export interface FieldFault {
  path: Path;
  message: string;
}

/** What is wrong with fields by their schema. Never tells a value. */
export function checkFields(fields: Fields, schema: JsonSchema): FieldFault[] {
  return compileSchema(schema)(fields).map(({ path: dotted, message }) => {
    const path = dotted === '' ? [] : dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    if (message === 'is not known here') return { path, message: `${dotted} ${unknownName(path, schema)}` };
    const choices = schemaAt(schema, path)?.enum;
    const hint = Array.isArray(choices) ? `: ${choices.join(', ')}` : '';
    return { path, message: `${dotted} ${message}${hint}.`.trimStart() };
  });
}

function unknownName(path: Path, schema: JsonSchema): string {
  const known = Object.keys(propertiesOf(schemaAt(schema, path.slice(0, -1))));
  const near = nearestName(String(path.at(-1)), known);
  return near ? `is no field here. Did you mean "${near}"?` : `is no field here. There are: ${known.join(', ')}.`;
}
