const units: ReadonlyMap<string, { milliseconds: number; word: string }> = new Map([
  ['s', { milliseconds: 1000, word: 'second' }],
  ['min', { milliseconds: 60_000, word: 'minute' }],
  ['h', { milliseconds: 3_600_000, word: 'hour' }],
  ['d', { milliseconds: 86_400_000, word: 'day' }],
  ['w', { milliseconds: 604_800_000, word: 'week' }],
]);

export interface Duration {
  milliseconds: number;
  /** `30 days` */
  words: string;
}

/** Reads `30d`, `12h`, `90min`, `45s`, `2w`; undefined for anything else. */
export function parseDuration(text: unknown): Duration | undefined {
  const match = typeof text === 'string' ? /^(\d{1,6})(s|min|h|d|w)$/.exec(text) : null;
  const unit = units.get(match?.[2] ?? '');
  if (!match || !unit) return undefined;
  const count = Number(match[1]);
  return { milliseconds: count * unit.milliseconds, words: `${count} ${unit.word}${count === 1 ? '' : 's'}` };
}
