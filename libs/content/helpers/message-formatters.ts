import type { Formatters } from 'intl-messageformat';
import { dateOf } from './dates.ts';
import { failed, isEmpty, textOf } from './values.ts';

/** How ICU messages write values: dates of any form that helpers know, in a time zone; nothing for what is missing. @throws TemplateFault for what is neither */
export function messageFormatters(timeZone: string): Formatters {
  return {
    getNumberFormat: (locales, options) => {
      const made = new Intl.NumberFormat(locales, options);
      return writing(made, 'number', (value) =>
        Number.isNaN(Number(value)) ? undefined : made.format(value as number),
      );
    },
    getDateTimeFormat: (locales, options) => {
      const made = new Intl.DateTimeFormat(locales, { ...options, timeZone });
      return writing(made, 'date', (value) => {
        const date = dateOf(value, timeZone);
        return date && made.format(date);
      });
    },
    getPluralRules: (locales, options) => new Intl.PluralRules(locales, options),
  };
}

function writing<T extends object>(made: T, what: string, write: (value: unknown) => string | undefined): T {
  const format = (value: unknown): string => {
    const text = isEmpty(value) ? '' : write(value);
    if (text !== undefined) return text;
    throw failed(`"${textOf(value).slice(0, 40)}" is no ${what}`);
  };
  return Object.create(made, { format: { value: format } }) as T;
}
