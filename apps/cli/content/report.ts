import colors from 'picocolors';
import { plainText } from '../output/plain-text.ts';

/** How a mail compares with what is stored of it. */
export interface MailResult {
  test: string;
  template?: string;
  person?: string;
  /** `new`: nothing is stored; `stale`: stored of a mail that is no more; `stored` and `removed`: by `--update`. */
  state: 'same' | 'differs' | 'new' | 'stale' | 'failed' | 'stored' | 'removed';
  /** As `diff -U2` writes them: from what is stored to what is. */
  lines?: string[];
  message?: string;
}

const marks: Record<MailResult['state'], string> = {
  same: colors.green('✓'),
  stored: colors.cyan('wrote'),
  removed: colors.cyan('removed'),
  differs: colors.red('✗ differs'),
  new: colors.red('✗ not stored yet'),
  stale: colors.red('✗ no mail any more'),
  failed: colors.red('✗ fails'),
};

export function printResult({ template, person, state, lines = [], message }: MailResult): void {
  const name = template === undefined ? '' : ` ${template} · ${person ?? ''}`;
  console.log(`${marks[state]}${name}${message === undefined ? '' : ` ${plainText(message)}`}`);
  for (const line of lines) console.log(`    ${coloured(plainText(line))}`);
}

export function printSummary(results: readonly MailResult[]): void {
  const count = (state: MailResult['state']): number => results.filter((one) => one.state === state).length;
  const told = Object.keys(marks).flatMap((state) => {
    const number = count(state as MailResult['state']);
    return number === 0 ? [] : [`${number} ${words[state as MailResult['state']]}`];
  });
  console.log(`\n${told.join(', ')}.`);
  if (count('differs') + count('new') + count('stale') > 0) console.log('If that is meant, store it with --update.');
}

const words: Record<MailResult['state'], string> = {
  same: 'as stored',
  stored: 'written',
  removed: 'removed',
  differs: 'different',
  new: 'not stored yet',
  stale: 'without a mail',
  failed: 'failed',
};

function coloured(line: string): string {
  if (line.startsWith('+')) return colors.green(line);
  if (line.startsWith('-')) return colors.red(line);
  return line.startsWith('@@') ? colors.cyan(line) : line;
}
