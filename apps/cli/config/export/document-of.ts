import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@millrace/sdk';
import type { Fields } from '../documents/document.ts';
import { withValue } from '../documents/fields.ts';
import { escaped } from '../references/reference.ts';
import type { Resource } from '../server/server-state.ts';

/**
 * What a document says of a resource: nothing that goes without saying, and references in the place of secrets.
 *
 * @param order the kind's fields, as they are to follow each other
 */
export function documentOf({ kind, slug, fields, secretsSet }: Resource, order: string[]): Fields {
  const plain = Object.fromEntries(
    Object.entries(kind.shortened?.(fields) ?? fields)
      .filter(([name, value]) => !isDeepStrictEqual(value, kind.defaults?.[name]))
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([name, value]): [string, Json] => [name, escaped(value)]),
  );
  return [...secretsSet]
    .sort()
    .reduce((done, path) => withValue(done, path.split('.'), { $env: variableFor(slug, path) }), {
      kind: kind.name,
      slug,
      ...plain,
    } as Fields);
}

/** `shop-db`, `config.apiKey` → `SHOP_DB_API_KEY` */
function variableFor(slug: string, path: string): string {
  const words = [slug, ...path.split('.').slice(1)].join('_').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  const name = words.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  return /^\d/.test(name) ? `_${name}` : name;
}
