import { IntlMessageFormat, type Formatters } from 'intl-messageformat';
import type { Helper, HelperCall } from './helper.ts';
import { mask, messageFormatters } from './message-formatters.ts';
import { failed, textOf } from './values.ts';

export const stringHelpers: Helper[] = [
  {
    name: 't',
    usage: 't "key" [name=value …] [default="…"]',
    doc: 'The string of this key in the language of the person, with values put in; plurals, numbers and dates follow ICU MessageFormat.',
    example: { template: '{{t "greeting" default="Hi {name}" name=first}}', data: { first: 'Ann' }, output: 'Hi Ann' },
    run: ([given], call) => {
      const key = textOf(given);
      const { strings, stringLocales, hash, note } = call;
      if (Object.hasOwn(strings, key)) {
        const locale = (Object.hasOwn(stringLocales, key) && stringLocales[key]) || call.locale;
        return format(key, strings[key] ?? '', { ...call, locale });
      }
      note('missing_string', key);
      return 'default' in hash ? format(key, textOf(hash.default), call) : key;
    },
  },
];

const known = new Map<string, IntlMessageFormat>();

function format(key: string, text: string, { locale, timeZone, hash }: HelperCall): string {
  if (isPlain(text)) return text;
  try {
    const values = valuesOf(hash);
    const masked = Object.values(values).includes(mask);
    const id = `${locale} ${timeZone} ${masked} ${text}`;
    const message = known.get(id) ?? makeMessage(text, locale, messageFormatters(timeZone, masked));
    if (known.size < 500) known.set(id, message);
    return textOf(message.format(values));
  } catch (thrown) {
    const reason = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown);
    throw failed(
      `The string "${key.slice(0, 60)}" cannot be shown: ${reason.slice(0, 150).replace(/\.$/, '')}. Check its braces, and give its values as name=value.`,
    );
  }
}

/** It says what it says: no value is put in, and no letter stands for another. */
export function isPlain(text: string): boolean {
  return !/[{}']/.test(text);
}

function makeMessage(text: string, locale: string, formatters: Formatters): IntlMessageFormat {
  return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true, formatters });
}

/** Numbers stay numbers, so that they are written and counted in the locale. */
function valuesOf(hash: HelperCall['hash']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(hash).map(([name, value]) => [name, typeof value === 'number' ? value : textOf(value)]),
  );
}
