import type { Dialect } from '../dialect.ts';
import { Untranslatable } from '../expression.ts';
import { handlebarsDialect } from './handlebars.ts';

const helpers = new Set(
  (
    'defaultIfEmpty length upper lower capitalize capitalizeFirst slugify cut replace substring abbreviate center join math numberFormat dateFormat dateMath ' +
    'now timestamp eq neq gt gte lt lte and or not hexEncode toJson toUrlEncodedJson md5 sha1 sha256 hmacSHA1 hmacSHA256'
  ).split(' '),
);

/** Iterable's templates: their helpers are among ours, with the same semantics. */
export function iterable(told: Readonly<Record<string, string>>): Dialect {
  const comparing = { '==': 'ifEq', '>': 'ifGt', '>=': 'ifGte', '<': 'ifLt', '<=': 'ifLte' };
  const lost = ['Iterable has to know the fields by these names in its user profiles or data feeds.'];
  return { ...handlebarsDialect({ comparing, unsubscribe: '{{unsubscribeUrl}}', call, lost }, told), feedTags: true };
}

function call(name: string, args: readonly string[], named: string): string {
  if (name === 'insert')
    return call(
      'defaultIfEmpty',
      args.map((arg) => arg.replace(/^"default=/, '"')),
      named,
    );
  if (helpers.has(name)) return [name, ...args].join(' ') + named;
  throw new Untranslatable(`Iterable has no helper "${name}"`);
}
