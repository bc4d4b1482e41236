import type { Dialect } from '../dialect.ts';
import { Untranslatable, type Value } from '../expression.ts';
import { Fields } from '../fields.ts';
import { expressions, type Call } from './expressions.ts';
import { isUnsubscribe } from './handlebars.ts';
import { choice, loopName, tagCondition, tagLiteral } from './tags.ts';

const usual = {
  firstName: 'person.first_name',
  lastName: 'person.last_name',
  email: 'person.email',
  phone: 'person.phone_number',
};
const filters: Record<string, string> = {
  upper: 'upper',
  lower: 'lower',
  capitalize: 'title',
  capitalizeFirst: 'capfirst',
};

/** Klaviyo's templates, which are Django's. */
export function klaviyo(told: Readonly<Record<string, string>>): Dialect {
  const fields = new Fields(told, usual, ([name = '', ...more]) => {
    if (more.length > 0) throw new Untranslatable('Klaviyo’s profiles are flat: name a field for it');
    return `person|lookup:${tagLiteral(name)}`;
  });
  const inner = expressions({ fields, index: 'forloop.counter0', called });
  const language = { inner, present: (text: string) => text, absent: (text: string) => `not ${text}` };
  return {
    fields,
    lost: ['Whether Klaviyo escapes values for HTML is up to Klaviyo.'],
    syntax: /\{[{%#]/,
    show: (value) => (isUnsubscribe(value) ? '{% unsubscribe_link %}' : `{{ ${inner(value)} }}`),
    choose: (condition, then, otherwise) => choice(tagCondition(condition, language), then, otherwise),
    each: (list, loop, body, otherwise) =>
      `{% for ${loopName(loop)} in ${inner(list)} %}${body}${otherwise === '' ? '' : `{% empty %}${otherwise}`}{% endfor %}`,
  };
}

function called({ name, args }: Call, inner: (value: Value) => string): string {
  const [value, fallback] = args;
  const filter = filters[name];
  if (value && filter) return `${inner(value)}|${filter}`;
  if (value && (name === 'defaultIfEmpty' || name === 'insert') && fallback?.kind === 'literal')
    return `${inner(value)}|default:${tagLiteral(String(fallback.value).replace(/^default=/, ''))}`;
  throw new Untranslatable(`Klaviyo has no counterpart of the helper "${name}"`);
}
