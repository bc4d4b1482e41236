import { currencyOf } from './currencies.ts';
import { decimalPattern, patterned } from './decimal-pattern.ts';
import type { Helper, HelperCall } from './helper.ts';
import { failed, isEmpty, numberOf, textOf } from './values.ts';

export const numberHelpers: Helper[] = [
  {
    name: 'numberFormat',
    usage:
      'numberFormat number ["integer"|"percent"|"currency"|"#,##0.00"] [locale] [currency=] [minimumFractionDigits=] [maximumFractionDigits=] [groupingUsed=] [roundingMode=]',
    doc: 'A number as people of the locale write it; text that is no number stays. currency= is an ISO code (default: of the country); roundingMode= is up, down, ceiling, floor, half_up, half_down or half_even (default).',
    example: {
      template: '{{numberFormat total "currency" "en-US" currency="EUR"}}',
      data: { total: 1234.5 },
      output: '€1,234.50',
    },
    run: ([value, style, locale], call) => {
      const number = numberOf(value);
      return number === undefined ? textOf(value) : format(number, textOf(style), localeOf(locale, call), call);
    },
  },
  {
    name: 'math',
    usage: 'math a "+" b',
    doc: 'Calculates: + - * / %. Dividing by zero gives nothing.',
    least: 3,
    example: { template: '{{math price "*" quantity}}', data: { price: 2.5, quantity: 3 }, output: '7.5' },
    run: ([a, sign, b]) => calculate(numberOf(a), textOf(sign), numberOf(b)),
  },
];

function calculate(a: number | undefined, sign: string, b: number | undefined): number | string {
  if (a === undefined || b === undefined) return '';
  const result = operation(sign)(a, b);
  if (Number.isSafeInteger(result)) return result;
  // Binary fractions must not show: 0.1 + 0.2 is 0.3.
  return Number.isFinite(result) ? Number(result.toPrecision(15)) : '';
}

function operation(sign: string): (a: number, b: number) => number {
  switch (sign.trim()) {
    case '+':
      return (a, b) => a + b;
    case '-':
      return (a, b) => a - b;
    case '*':
      return (a, b) => a * b;
    case '/':
      return (a, b) => a / b;
    case '%':
      return (a, b) => a % b;
    default:
      throw failed(`math: "${sign.slice(0, 20)}" is no operation. Use "+", "-", "*", "/" or "%".`);
  }
}

/** "en_US" and "en-US" are the same. */
export function localeOf(value: unknown, { locale }: HelperCall): string {
  const asked = textOf(value).replaceAll('_', '-');
  if (asked === '') return locale;
  try {
    return Intl.getCanonicalLocales(asked)[0] ?? locale;
  } catch {
    throw failed(`"${asked.slice(0, 30)}" is no locale. Write one such as "en-US" or "de".`);
  }
}

const known = new Map<string, Intl.NumberFormat>();

function format(number: number, style: string, locale: string, { hash }: HelperCall): string {
  const pattern = decimalPattern(style);
  const named = pattern ? pattern.options : optionsOf(style, locale, hash);
  const options: Intl.NumberFormatOptions = {
    roundingMode: roundingOf(hash.roundingMode),
    signDisplay: 'negative', // what is rounded to nothing owes nothing: no "-0.00"
    ...named,
    ...digitsOf(hash),
  };
  const key = `${locale} ${JSON.stringify(options)}`;
  try {
    const formatter = known.get(key) ?? new Intl.NumberFormat(locale, options);
    if (known.size < 200) known.set(key, formatter);
    return pattern ? patterned(pattern, formatter.formatToParts(number)) : formatter.format(number);
  } catch {
    throw failed(
      'numberFormat: the currency or the digits are not valid. Write currency="EUR", and digits from 0 to 20.',
    );
  }
}

function optionsOf(style: string, locale: string, hash: HelperCall['hash']): Intl.NumberFormatOptions {
  switch (style) {
    case 'integer':
      return { maximumFractionDigits: 0 };
    case 'percent':
      return { style: 'percent' };
    case 'currency':
      return { style: 'currency', currency: isEmpty(hash.currency) ? currencyOf(locale) : textOf(hash.currency) };
    case '':
      return { maximumFractionDigits: 3 };
    default:
      throw failed(
        `numberFormat: "${style.slice(0, 20)}" is no format. Use "integer", "percent", "currency", or a pattern such as "#,##0.00".`,
      );
  }
}

const roundings: Record<string, NonNullable<Intl.NumberFormatOptions['roundingMode']>> = {
  up: 'expand', down: 'trunc', ceiling: 'ceil', floor: 'floor', half_up: 'halfExpand', half_down: 'halfTrunc', half_even: 'halfEven',
}; // prettier-ignore

/** Java's names; "half_even" unless one is given, as there. */
function roundingOf(value: unknown): NonNullable<Intl.NumberFormatOptions['roundingMode']> {
  const found = isEmpty(value) ? 'halfEven' : roundings[textOf(value).toLowerCase()];
  if (found) return found;
  throw failed(
    `numberFormat: "${textOf(value).slice(0, 20)}" is no rounding mode. Use ${Object.keys(roundings).join(', ')}.`,
  );
}

function digitsOf(hash: HelperCall['hash']): Intl.NumberFormatOptions {
  const least = numberOf(hash.minimumFractionDigits);
  const most = numberOf(hash.maximumFractionDigits);
  return {
    ...(least !== undefined && { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, most ?? 3) }),
    ...(most !== undefined && { maximumFractionDigits: most, minimumFractionDigits: Math.min(most, least ?? 0) }),
    ...(!isEmpty(hash.groupingUsed) && { useGrouping: String(hash.groupingUsed) === 'true' }),
  };
}
