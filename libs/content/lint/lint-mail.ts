import type { Finding } from './finding.ts';
import type { LintedMail } from './mail/index.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/** A rule that finds the same again and again is told so often only. */
const mostOfOneRule = 100;

const severities = ['error', 'warning', 'hint'];

/** What the rules find in a mail: the worst first, then as the sources go. */
export function lintMail(mail: LintedMail, off: ReadonlySet<string> = new Set()): Finding[] {
  const findings = rules.filter(({ id }) => !off.has(id)).flatMap((rule) => findingsOf(rule, mail));
  return findings.sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.part ?? '').localeCompare(b.part ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

function findingsOf(rule: Rule, mail: LintedMail): Finding[] {
  const findings: Finding[] = [];
  for (const { message, severity = rule.severity, at, fix } of rule.check(mail)) {
    const part = at && mail.parts.find((one) => one.part === at.part);
    const place = at && part && { part: at.part, ...part.range(at) };
    findings.push({ rule: rule.id, severity, message, ...place, ...(fix && { fix }) });
    if (findings.length === mostOfOneRule) break;
  }
  return findings;
}
