import type { Dialect } from '../dialect.ts';
import { Untranslatable, withoutNot, type Condition, type Value } from '../expression.ts';
import { Fields } from '../fields.ts';
import { comparesSize, isUnsubscribe } from './handlebars.ts';
import { comparedMissing } from './tags.ts';

const usual = {
  firstName: 'FNAME',
  lastName: 'LNAME',
  email: 'EMAIL',
  phone: 'PHONE',
  address: 'ADDRESS',
  birthday: 'BIRTHDAY',
};
const longest = 10;

/** Mailchimp's merge tags. They know flat fields and conditions on one of them, and nothing within another. */
export function mailchimp(told: Readonly<Record<string, string>>): Dialect {
  const fields = new Fields(told, usual, ([name = '', ...more]) => {
    const tag = name
      .toUpperCase()
      .replace(/[^A-Z0-9_]/g, '')
      .slice(0, longest);
    if (more.length > 0 || tag === '') throw new Untranslatable('Mailchimp’s merge fields are flat: name one for it');
    return tag;
  });
  const lost = new Set(['Mailchimp does not escape values for HTML.']);
  const fieldOf = (value: Value | undefined): string => {
    if (value?.kind === 'person') return fields.of(value.segments);
    throw new Untranslatable('Mailchimp can only use merge fields here');
  };
  return {
    fields,
    lost,
    syntax: /\*\||\|\*/,
    show(value) {
      if (isUnsubscribe(value)) return '*|UNSUB|*';
      if (value.kind !== 'call') return `*|${fieldOf(value)}|*`;
      const [field, fallback] = value.args;
      const isFallback = value.name === 'defaultIfEmpty' || value.name === 'insert';
      if (!isFallback || fallback?.kind !== 'literal')
        throw new Untranslatable(`Mailchimp has no counterpart of the helper "${value.name}"`);
      const name = fieldOf(field);
      const text = plainText(String(fallback.value).replace(/^default=/, ''));
      return `*|IF:${name}|**|${name}|**|ELSE:|*${text}*|END:IF|*`;
    },
    choose(condition, then, otherwise, { conditions }) {
      if (conditions > 0 || `${then}${otherwise}`.includes('*|IF'))
        throw new Untranslatable('Mailchimp has no conditions, nor fallbacks, within conditions');
      if (comparesSize(condition)) lost.add(comparedMissing);
      const rest = otherwise === '' ? '' : `*|ELSE:|*${otherwise}`;
      return `*|${asked(withoutNot(condition), fieldOf)}|*${then}${rest}*|END:IF|*`;
    },
    each() {
      throw new Untranslatable('Mailchimp does not go through lists');
    },
  };
}

function asked(condition: Condition, fieldOf: (value: Value) => string): string {
  if (condition.kind === 'present') return `IF:${fieldOf(condition.value)}`;
  if (condition.kind === 'not' && condition.of.kind === 'present') return `IFNOT:${fieldOf(condition.of.value)}`;
  if (condition.kind === 'compare' && condition.b.kind === 'literal')
    return `IF:${fieldOf(condition.a)}${condition.op === '==' ? '=' : condition.op}${plainText(String(condition.b.value))}`;
  throw new Untranslatable('Mailchimp compares one merge field with one text or number');
}

function plainText(text: string): string {
  if (!/\*\||\|\*|\|/.test(text)) return text;
  throw new Untranslatable('the text holds Mailchimp’s own syntax');
}
