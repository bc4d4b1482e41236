import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@millrace/sdk';
import type { Fields } from '../documents/document.ts';
import { withValue } from '../documents/fields.ts';
import { escaped } from '../references/reference.ts';
import type { Resource } from '../server/server-state.ts';
import type { SecretVariables } from './secret-variables.ts';

/**
 * What a document says of a resource: nothing that goes without saying, and references in the place of secrets.
 *
 * @param order the kind's fields, as they are to follow each other
 */
export function documentOf(resource: Resource, order: string[], variables: SecretVariables): Fields {
  const { kind, slug, fields, secretsSet } = resource;
  const plain = Object.fromEntries(
    Object.entries(kind.shortened?.(fields) ?? fields)
      .filter(([name, value]) => !isDeepStrictEqual(value, kind.defaults?.[name]))
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([name, value]): [string, Json] => [name, escaped(value)]),
  );
  return [...secretsSet]
    .sort()
    .reduce((done, path) => withValue(done, path.split('.'), { $env: variables.nameFor(resource, path) }), {
      kind: kind.name,
      slug,
      ...plain,
    } as Fields);
}
