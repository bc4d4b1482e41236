import type { Dialect } from '../dialect.ts';
import { Untranslatable, type Value } from '../expression.ts';
import { Fields } from '../fields.ts';
import { expressions } from './expressions.ts';
import { isUnsubscribe } from './handlebars.ts';
import { choice, loopName, tagCondition, type TagLanguage } from './tags.ts';

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
const filters: Record<string, string> = { upper: 'upcase', lower: 'downcase', trim: 'strip' };

const zeroIsThere = 'Where conditions are joined, Braze takes 0 for something that is there.';
const falseIsMissing = 'Braze shows a fallback for false, too.';

/** Braze's Liquid. */
export function braze(told: Readonly<Record<string, string>>): Dialect {
  const fields = new Fields(told, usual, ([name = '', ...more]) =>
    [`custom_attribute.\${${name}}`, ...more].join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]'),
  );
  const lost = new Set<string>();
  const inner = expressions({
    ...{ vendor: 'Braze', fields, filters, marks: { filter: ' | ', argument: ': ' } },
    index: 'forloop.index0',
    onFallback: () => lost.add(falseIsMissing),
  });
  const plain = (value: Value): string => {
    if (value.kind !== 'call') return inner(value);
    throw new Untranslatable('Liquid’s conditions take no filters');
  };
  // In Liquid an empty text and 0 count as there. Joints have no precedence, so 0 can be asked for only where the same joint is around.
  const language: TagLanguage = {
    inner: plain,
    present: (text, joint) => {
      if (joint !== 'or') return `${text} != blank and ${text} != 0`;
      lost.add(zeroIsThere);
      return `${text} != blank`;
    },
    absent: (text, joint) => {
      if (joint !== 'and') return `${text} == blank or ${text} == 0`;
      lost.add(zeroIsThere);
      return `${text} == blank`;
    },
    lose: (sentence) => lost.add(sentence),
  };
  return {
    fields,
    lost,
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
