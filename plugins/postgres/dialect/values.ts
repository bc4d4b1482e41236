import { documentLevels, parseJson } from '@millrace/sdk';

/** A number where it is exact, else its digits. */
export function integer(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

const exactDigits = 15; // what every decimal number may have to survive as a double

/** A number where it is exact, else its text: `12345678901234567890.5`, `NaN`, `Infinity`. */
export function number(text: string): number | string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const digits = text.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= exactDigits || String(value) === text ? value : text;
}

/** `2026-01-05 06:00:00.123456+00` in ISO 8601, with every digit. Beyond that (`infinity`, years BC) the text stays. */
export function instant(text: string): string {
  return text.endsWith('+00') ? `${local(text.slice(0, -3))}Z` : text;
}

/** `2026-01-05 06:00:00` in ISO 8601: a time without a zone stays one. */
export function local(text: string): string {
  return text.replace(/^(\d{4,}-\d\d-\d\d) /, '$1T');
}

/** `\x48656c6c6f` in base64. */
export function base64(text: string): string {
  return Buffer.from(text.slice(2), 'hex').toString('base64');
}

/** JSON. What is deeper than a document may be is cut off there: still too deep to be stored, so that the engine rejects its row alone. */
export function json(text: string): unknown {
  try {
    return parseJson(text, documentLevels);
  } catch {
    return cutOff(parseJson(text, Infinity), documentLevels);
  }
}

function cutOff(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((item) => cutOff(item, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cutOff(one, levels - 1)]));
}
