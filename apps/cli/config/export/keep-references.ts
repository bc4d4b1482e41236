import { isFields, type Fields } from '../documents/document.ts';
import { valueAt, withValue } from '../documents/fields.ts';
import { specialIn } from '../references/reference.ts';

/** What is exported, with the references that the former document had in the same places: they are the folder's, not the server's. */
export function keepReferences(exported: Fields, former: Fields): Fields {
  return referencesIn(former).reduce((fields, { path, value }) => {
    return valueAt(fields, path) === undefined ? fields : withValue(fields, path, value);
  }, exported);
}

function referencesIn(fields: Fields, above: string[] = []): { path: string[]; value: Fields }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const path = [...above, name];
    if (!isFields(value)) return [];
    const special = specialIn(value);
    if (!special) return referencesIn(value, path);
    return 'reference' in special ? [{ path, value }] : [];
  });
}
