import type { Dialect } from '../dialect.ts';
import { Untranslatable, type Value } from '../expression.ts';
import { Fields } from '../fields.ts';
import { expressions, type Call } from './expressions.ts';
import { isUnsubscribe } from './handlebars.ts';
import { choice, loopName, tagCondition, tagLiteral } from './tags.ts';

const usual = {
  firstName: '${first_name}',
  lastName: '${last_name}',
  email: '${email_address}',
  phone: '${phone_number}',
  city: '${city}',
  country: '${country}',
  language: '${language}',
  gender: '${gender}',
  timeZone: '${time_zone}',
};
const filters: Record<string, string> = { upper: 'upcase', lower: 'downcase', capitalize: 'capitalize', trim: 'strip' };

/** Braze's Liquid. */
export function braze(told: Readonly<Record<string, string>>): Dialect {
  const fields = new Fields(told, usual, ([name = '', ...more]) =>
    [`custom_attribute.\${${name}}`, ...more].join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]'),
  );
  const inner = expressions({ fields, index: 'forloop.index0', called });
  const plain = (value: Value): string => {
    if (value.kind !== 'call') return inner(value);
    throw new Untranslatable('Liquid’s conditions take no filters');
  };
  const language = {
    inner: plain,
    present: (text: string) => `${text} != blank`, // an empty text counts as there in Liquid
    absent: (text: string) => `${text} == blank`,
  };
  return {
    fields,
    lost: [],
    syntax: /\{[{%]/,
    show: (value, { escaped, html }) =>
      isUnsubscribe(value)
        ? '{{${set_user_to_unsubscribed_url}}}'
        : `{{${inner(value)}${escaped && html ? ' | escape' : ''}}}`,
    choose: (condition, then, otherwise) => choice(tagCondition(condition, language), then, otherwise),
    each: (list, loop, body, otherwise) =>
      `{% for ${loopName(loop)} in ${plain(list)} %}${body}${otherwise === '' ? '' : `{% else %}${otherwise}`}{% endfor %}`,
  };
}

function called({ name, args }: Call, inner: (value: Value) => string): string {
  const [value, fallback] = args;
  const filter = filters[name];
  if (value && filter) return `${inner(value)} | ${filter}`;
  if (value && (name === 'defaultIfEmpty' || name === 'insert') && fallback?.kind === 'literal')
    return `${inner(value)} | default: ${tagLiteral(String(fallback.value).replace(/^default=/, ''))}`;
  throw new Untranslatable(`Braze has no counterpart of the helper "${name}"`);
}
