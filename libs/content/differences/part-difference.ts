import { structuredPatch } from 'diff';
import type { Composed } from '../compose/index.ts';

export const comparedParts = ['subject', 'preheader', 'html', 'text'] as const;
export type ComparedPart = (typeof comparedParts)[number];
export type ComparedMail = Pick<Composed, ComparedPart>;

/** How a part of two mails differs. */
export interface PartDifference {
  part: ComparedPart;
  /** As `diff -U2` writes them: lines that start with a space, - or +, each hunk behind `@@`. 200 at most. */
  lines: string[];
}

const mostLines = 200;
const longestLine = 500;
/** Beyond so many edits, or milliseconds, a difference is everything. */
const limits = { maxEditLength: 2000, timeout: 100, context: 2 };

/** The parts that differ. */
export function differingParts(before: ComparedMail, after: ComparedMail): ComparedPart[] {
  return comparedParts.filter((part) => before[part] !== after[part]);
}

export function differencesOf(before: ComparedMail, after: ComparedMail): PartDifference[] {
  return differingParts(before, after).map((part) => ({ part, lines: linesOf(before[part], after[part]) }));
}

/** As `PartDifference.lines`. */
export function linesOf(before: string, after: string): string[] {
  const patch = structuredPatch('', '', before, after, '', '', limits);
  const lines = patch
    ? patch.hunks.flatMap(({ oldStart, newStart, lines: within }) => [`@@ -${oldStart} +${newStart} @@`, ...within])
    : [...before.split('\n').map((line) => `-${line}`), ...after.split('\n').map((line) => `+${line}`)];
  return lines.slice(0, mostLines).map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
}
