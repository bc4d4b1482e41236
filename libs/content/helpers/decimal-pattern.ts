/** A pattern of java.text.DecimalFormat. */
export interface DecimalPattern {
  before: string;
  after: string;
  options: Intl.NumberFormatOptions;
}

/** Reads patterns such as `#,##0.00`, `,000.0` or `$0.00`; undefined for anything else. */
export function decimalPattern(pattern: string): DecimalPattern | undefined {
  const [, before = '', whole = '', fraction = '', after = ''] =
    /^([^#0,.;]*)([#0,]*[#0][#0,]*)(?:\.([#0]*))?([^#0,.;]*)$/.exec(pattern) ?? [];
  if (whole === '') return undefined;
  const zeros = (text: string): number => text.split('0').length - 1;
  const percent = after.includes('%') || before.includes('%');
  return {
    before: before.replace('%', ''),
    after: after.replace('%', ''),
    options: {
      ...(percent && { style: 'percent' }),
      useGrouping: whole.includes(','),
      minimumIntegerDigits: Math.min(21, Math.max(1, zeros(whole))),
      minimumFractionDigits: Math.min(20, zeros(fraction)),
      maximumFractionDigits: Math.min(20, fraction.length),
    },
  };
}

/** A number with what stands around it in the pattern; the sign stands before all, as in Java. */
export function patterned({ before, after }: DecimalPattern, parts: readonly Intl.NumberFormatPart[]): string {
  const textOf = (isWanted: (part: Intl.NumberFormatPart) => boolean): string =>
    parts
      .filter(isWanted)
      .map(({ value }) => value)
      .join('');
  return textOf(({ type }) => type === 'minusSign') + before + textOf(({ type }) => type !== 'minusSign') + after;
}
