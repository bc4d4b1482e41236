import type { Fix, LintFinding, Place } from '../api/index.ts';
import type { PreviewState } from '../preview/index.ts';

/** Something to look at, where its place is known with it. */
export interface Finding extends Place {
  severity: 'error' | 'warning' | 'hint';
  message: string;
  endLine?: number;
  endColumn?: number;
  /** How it can be mended at once. */
  fix?: Fix;
}

const order = ['error', 'warning', 'hint'];

/** Everything that is to be said about the draft, the worst first; of what is said of one place the first counts. */
export function findingsOf({ mail: shown, anothers, problem }: PreviewState, lint: readonly LintFinding[]): Finding[] {
  const mail = anothers ? undefined : shown;
  const found: Finding[] = problem
    ? [{ severity: 'error', message: problem.message, ...problem.place }]
    : [
        ...(mail?.notSent ? [{ ...mail.notSent, severity: 'error' as const, message: notSentText(mail.notSent) }] : []),
        ...(mail?.warnings ?? []).map((warning) => ({ ...warning, severity: 'warning' as const })),
      ];
  const taken = new Set<string>();
  const isFirst = (finding: Finding): boolean => {
    const place = placeText(finding);
    return !taken.has(place) && Boolean(taken.add(place));
  };
  // Lint comes first where both speak of a place: it knows how to mend it.
  return [...lint, ...found].filter(isFirst).sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function placeText({ message, part, block = '', line, column }: Finding): string {
  return line === undefined ? message : `${part} ${block} ${line}:${column}`;
}

function notSentText({ reason }: { reason: string }): string {
  return `This person would not get the mail: ${reason}`;
}
