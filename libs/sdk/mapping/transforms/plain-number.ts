/** `12.50`, `-3`, `1e3`: digits with a point, as databases and JSON write numbers. What has a currency, a comma or grouped digits is not plain. */
const plainDecimal = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const longest = 64;

/** Whether a trimmed text is a plain decimal number. */
export function isPlainDecimal(text: string): boolean {
  return plainDecimal.test(text);
}

/**
 * A finite number, or that of a text which is plainly one; undefined for anything else, also for texts of more digits than a number can hold: these
 * are ids.
 */
export function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > longest) return undefined;
  const text = value.trim();
  if (!plainDecimal.test(text)) return undefined;
  const number = Number(text);
  const isCut = Number.isInteger(number) && !Number.isSafeInteger(number);
  return Number.isFinite(number) && !isCut ? number : undefined;
}
