import type { Fix, Severity, Spot } from './finding.ts';
import type { LintedMail } from './mail/index.ts';

/** What a rule has found. */
export interface Report {
  message: string;
  /** Default: the rule's. */
  severity?: Severity;
  at?: Spot;
  fix?: Fix;
}

/** One thing to look for in a template. */
export interface Rule {
  /** Stable: templates switch rules off by it. */
  id: string;
  severity: Severity;
  /** What it looks for, for people. */
  about: string;
  check(mail: LintedMail): Iterable<Report>;
}
