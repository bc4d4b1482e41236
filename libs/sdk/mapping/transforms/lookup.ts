import type { Json } from '../../json.ts';
import { RuleFault } from '../faults.ts';
import { isForbiddenName } from '../names.ts';
import { textOf } from './text-of.ts';

/** A table is an object, or text such as 'de=Germany, at=Austria'. */
export function compileLookup(table: Json | undefined, otherwise: Json | undefined): (value: unknown) => unknown {
  const entries = new Map<string, Json>(typeof table === 'string' ? pairsOf(table) : Object.entries(table ?? {}));
  return (value) => {
    const found = value === null ? undefined : entries.get(textOf(value));
    const result = found === undefined ? otherwise : found;
    return typeof result === 'object' && result !== null ? structuredClone(result) : result;
  };
}

function pairsOf(text: string): [string, string][] {
  return text.split(',').map((pair) => {
    const sign = pair.indexOf('=');
    const name = pair.slice(0, Math.max(sign, 0)).trim();
    if (name === '' || isForbiddenName(name)) {
      throw new RuleFault(`lookup() takes pairs such as 'de=Germany, at=Austria', not "${pair.trim()}".`);
    }
    return [name, pair.slice(sign + 1).trim()];
  });
}
