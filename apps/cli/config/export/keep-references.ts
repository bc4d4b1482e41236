import type { Json } from '@millrace/sdk';
import { isFields, type Fields } from '../documents/document.ts';
import { onlyReferences, specialIn } from '../references/reference.ts';

/** What is exported, with the references that the former document had in the same places: they are the folder's, not the server's. */
export function keepReferences(exported: Fields, former: Fields): Fields {
  const kept = Object.entries(exported).map(([name, value]): [string, Json] => {
    const before = Object.hasOwn(former, name) ? former[name] : undefined;
    return [name, before === undefined ? value : keptIn(value, before)];
  });
  return Object.fromEntries(kept);
}

function keptIn(value: Json, former: Json): Json {
  const special = specialIn(former);
  if (special) return 'reference' in special ? former : value;
  if (specialIn(value)) return onlyReferences(former) ? former : value; // one secret, of several references
  if (Array.isArray(value) && Array.isArray(former) && value.length === former.length)
    return value.map((each, index) => keptIn(each, former[index] ?? null));
  return isFields(value) && isFields(former) ? keepReferences(value, former) : value;
}
