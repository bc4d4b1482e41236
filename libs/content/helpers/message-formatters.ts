import type { Formatters } from 'intl-messageformat';
import { dateOf } from './dates.ts';
import { failed, isEmpty, textOf } from './values.ts';

/** What stands in place of a sensitive value. As the profile store has it, which render processes do not load. */
export const mask = '•••••';

/**
 * How ICU messages write values: dates of any form that helpers know, in a time zone; nothing for what is missing, and masks as they are.
 * @param masked a mask is among the values: plurals count it as no number
 * @throws TemplateFault for what is neither
 */
export function messageFormatters(timeZone: string, masked: boolean): Formatters {
  return {
    getNumberFormat: (locales, options) => {
      const made = new Intl.NumberFormat(locales, options);
      return writing(made, 'number', (value) => {
        if (masked && Number.isNaN(value)) return mask;
        return Number.isNaN(Number(value)) ? undefined : made.format(value as number);
      });
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
    const text = isEmpty(value) ? '' : value === mask ? mask : write(value);
    if (text !== undefined) return text;
    throw failed(`"${textOf(value).slice(0, 40)}" is no ${what}`);
  };
  return Object.create(made, { format: { value: format } }) as T;
}
