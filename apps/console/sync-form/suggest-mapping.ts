import type { Stream, TargetObject } from '../api/index.ts';
import { fieldsOf, requiredIn, within } from './fields-of.ts';
import type { RuleRow } from './rule-rows.ts';

/**
 * Names of fields that leave no doubt what they hold. Ids of users are not among them: two systems give out the same numbers, and one
 * person would be made of two.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  'identities.email': ['email', 'emailaddress'],
  'identities.phone': ['phone', 'phonenumber'],
  'traits.firstName': ['firstname'],
  'traits.lastName': ['lastname'],
  'traits.city': ['city'],
  'traits.country': ['country'],
  'traits.language': ['language'],
};

type Source = Pick<Stream, 'key' | 'schema'>;
type Target = Pick<TargetObject, 'key' | 'schema'>;

/** What is beyond doubt of a mapping, and what an object has to have, without a rule where nothing is obvious. */
export function suggestMapping(stream: Source, object: Target): RuleRow[] {
  const fields = topFields(stream);
  const targets = fieldsOf(object.schema, false);
  const open = targets.filter((target) => target.open).map(({ path }) => path);
  const wanted = requiredIn(object.schema);
  const named = [...new Set([...object.key, ...wanted, ...targets.map(({ path }) => path)])]
    .filter((path) => !path.includes('.') && !open.includes(path))
    .map((target) => ({ target, rule: fieldCalled([plain(target)], fields) ?? '' }))
    .filter(({ target, rule }) => rule !== '' || wanted.includes(target) || object.key.includes(target));
  const about = Object.entries(known)
    .filter(([target]) => open.includes(target.slice(0, target.indexOf('.'))))
    .map(([target, names]) => ({ target, rule: fieldCalled(names, fields) ?? '' }))
    .filter(({ rule }) => rule !== '');
  return [...named, ...sourceId(stream, wanted), ...about];
}

/** Rows for what no rule reads yet, where an object takes names of one's own. */
export function rowsForTheRest(stream: Source, object: Target, rows: readonly RuleRow[]): RuleRow[] {
  const read = new Set(rows.flatMap(({ rule }) => rule.split(/[^\p{L}\p{N}_$-]+/u)));
  const opens = fieldsOf(object.schema, false).filter(({ open, path }) => open && path !== 'identities');
  const parent =
    object.schema === undefined ? '' : opens.find(({ path }) => ['traits', 'properties'].includes(path))?.path;
  if (parent === undefined) return [];
  const taken = new Set(rows.map(({ target }) => target));
  return topFields(stream)
    .filter((name) => !read.has(name))
    .map((name) => ({ target: within(parent, parent === 'traits' ? traitName(name) : name), rule: within('', name) }))
    .filter(({ target }) => !taken.has(target));
}

/** Names for what an object leaves open: those of the stream's fields. */
export function openTargets(stream: Source | undefined, object: Target): string[] {
  const names = stream ? topFields(stream) : [];
  const opens = fieldsOf(object.schema, false).filter(({ open, path }) => open && path !== 'identities');
  return opens.flatMap(({ path }) => names.map((name) => within(path, path === 'traits' ? traitName(name) : name)));
}

/** Only where a record is about a person and nothing else: an order's key names no person. */
function sourceId({ key }: Source, wanted: readonly string[]): RuleRow[] {
  const [field, ...more] = key;
  const isPerson = wanted.length === 1 && wanted[0] === 'identities';
  return isPerson && field !== undefined && more.length === 0 ? [{ target: 'identities.$source', rule: field }] : [];
}

/** The one field of such a name; none where there are several. */
function fieldCalled(names: readonly string[], fields: readonly string[]): string | undefined {
  for (const name of names) {
    const found = fields.filter((field) => plain(field) === name);
    if (found.length === 1) return within('', found[0]!);
  }
  return undefined;
}

function topFields({ schema }: Source): string[] {
  const { properties } = (schema ?? {}) as { properties?: object };
  return Object.keys(properties ?? {});
}

const plain = (name: string): string => name.replaceAll(/[\s_-]/g, '').toLowerCase();

/** `first_name` → `firstName`, as Millrace's own traits are written. */
const traitName = (name: string): string =>
  name
    .replaceAll(/[\s_-]+(\p{L})/gu, (_, letter: string) => letter.toUpperCase())
    .replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
