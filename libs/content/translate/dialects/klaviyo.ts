import Handlebars from 'handlebars';
import type { Dialect } from '../dialect.ts';
import { Untranslatable, type Value } from '../expression.ts';
import { Fields } from '../fields.ts';
import { expressions, fallbackText, isFallback } from './expressions.ts';
import { isUnsubscribe } from './handlebars.ts';
import { choice, loopName, tagCondition, tagLiteral, type TagLanguage } from './tags.ts';

const usual = {
  firstName: 'person.first_name',
  lastName: 'person.last_name',
  email: 'person.email',
  phone: 'person.phone_number',
};
const filters: Record<string, string> = {
  upper: 'upper',
  lower: 'lower',
  capitalizeFirst: 'capfirst',
};

const zeroIsMissing = 'Klaviyo shows a fallback for 0 and false, too.';
const booleans = 'Klaviyo writes True and False for true and false.';

/** Klaviyo's templates, which are Django's. */
export function klaviyo(told: Readonly<Record<string, string>>): Dialect {
  const fields = new Fields(told, usual, ([name = '', ...more]) => {
    if (more.length > 0) throw new Untranslatable('Klaviyo’s profiles are flat: name a field for it');
    return `person|lookup:${tagLiteral(name)}`;
  });
  const lost = new Set([
    'Whether Klaviyo escapes values for HTML is up to Klaviyo; Django, whose templates it has, does.',
    booleans,
  ]);
  const inner = expressions({
    ...{ vendor: 'Klaviyo', fields, filters, marks: { filter: '|', argument: ':' } },
    index: 'forloop.counter0',
    onFallback: () => lost.add(zeroIsMissing),
  });
  const language: TagLanguage = {
    inner,
    present: (text) => text,
    absent: (text) => `not ${text}`,
    lose: (sentence) => lost.add(sentence),
  };
  return {
    fields,
    lost,
    syntax: /\{[{%#]/,
    show: (value, { escaped, html }) => {
      if (isUnsubscribe(value)) return '{% unsubscribe_link %}';
      // Django escapes what is shown, whatever the part is, but not the texts of the template itself.
      if (!escaped || !html) return `{{ ${inner(value)}|safe }}`;
      return `{{ ${inner(withEscapedFallback(value))} }}`;
    },
    choose: (condition, then, otherwise) => choice(tagCondition(condition, language), then, otherwise),
    each: (list, loop, body, otherwise) =>
      `{% for ${loopName(loop)} in ${inner(list)} %}${body}${otherwise === '' ? '' : `{% empty %}${otherwise}`}{% endfor %}`,
  };
}

function withEscapedFallback(value: Value): Value {
  if (value.kind !== 'call' || !isFallback(value)) return value;
  const [shown, fallback] = value.args;
  if (!shown || fallback?.kind !== 'literal' || typeof fallback.value !== 'string') return value;
  return {
    ...value,
    args: [shown, { ...fallback, value: Handlebars.escapeExpression(fallbackText(fallback)) }],
  };
}
