import type { MailPart } from '../api/index.ts';
import type { PreviewState } from '../preview/index.ts';

/** Something to look at, where its place is known with it. */
export interface Finding {
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  part?: MailPart;
  line?: number;
  column?: number;
}

/** Everything that is to be said about the draft, the worst first and nothing twice. */
export function findingsOf({ mail, problem }: PreviewState, lint: readonly Finding[]): Finding[] {
  const broken: Finding[] = problem
    ? [{ code: problem.code, severity: 'error', message: problem.message, ...problem.place }]
    : [];
  const warnings = (mail?.warnings ?? []).map((warning): Finding => ({ ...warning, severity: 'warning' }));
  const all = [...broken, ...(problem ? [] : warnings), ...lint];
  const order = ['error', 'warning', 'info'];
  const different = new Map(all.map((finding) => [placeOf(finding), finding]).reverse() as [string, Finding][]);
  return [...different.values()].reverse().sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** Two that say the same of the same place are one; the earlier counts. */
function placeOf({ code, message, part, line, column }: Finding): string {
  return line === undefined ? `${code} ${message}` : `${code} ${part} ${line}:${column}`;
}
