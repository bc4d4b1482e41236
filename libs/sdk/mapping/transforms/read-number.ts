import { ValueFault } from '../faults.ts';
import { isPlainDecimal } from './plain-number.ts';

const groupedWithPoint = /^[+-]?\d{1,3}(?:[,'’   ]\d{3})*(?:\.\d+)?$|^[+-]?\d+(?:\.\d+)?$/;
const groupedWithComma = /^[+-]?\d{1,3}(?:[.'’   ]\d{3})*(?:,\d+)?$|^[+-]?\d+(?:,\d+)?$/;

const groupedWith = { '.': groupedWithPoint, ',': groupedWithComma };

export type DecimalSign = '.' | ',' | undefined;

/**
 * A number from a number or from text; empty text and null are `undefined`. Without a decimal sign only plain decimals pass:
 * '1.234,56' and '1,234' are refused, never guessed. With one, thousands may be grouped by the other sign.
 */
export function readNumber(value: unknown, decimal?: DecimalSign): number | undefined {
  if (typeof value === 'number') return finite(value, value);
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') throw new ValueFault('needs a number', value);
  const text = value.trim();
  if (text === '') return undefined;
  const isNumber = decimal === undefined ? isPlainDecimal(text) : groupedWith[decimal].test(text);
  if (!isNumber) throw new ValueFault(needOf(decimal), value);
  return finite(Number(decimal === undefined ? text : toPlain(text, decimal)), value);
}

function toPlain(text: string, decimal: '.' | ','): string {
  const digits = text.replace(decimal === ',' ? /[.'’\s]/g : /[,'’\s]/g, '');
  return decimal === ',' ? digits.replace(',', '.') : digits;
}

function finite(number: number, value: unknown): number {
  if (!Number.isFinite(number)) throw new ValueFault('needs a finite number', value);
  if (typeof value === 'string' && Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new ValueFault('has more digits than a number can hold (keep it as text)', value);
  }
  return number;
}

function needOf(decimal: DecimalSign): string {
  return decimal === undefined
    ? "needs a plain decimal number such as 1234.56 (number(',') reads 1.234,56 and number('.') reads 1,234.56)"
    : `needs a number with the decimal sign "${decimal}"`;
}
