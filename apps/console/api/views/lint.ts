import type { MailPart, Place } from './common.ts';

/**
 * @schema FindingDto
 * @awaited rule severity message part block line column endLine endColumn fix
 */
export interface LintFinding extends Place {
  rule: string;
  severity: 'error' | 'warning' | 'hint';
  message: string;
  endLine?: number;
  endColumn?: number;
  fix?: Fix;
}

/**
 * @schema FixDto
 * @awaited title edits
 */
export interface Fix {
  title: string;
  edits: Edit[];
}

/**
 * Offsets count UTF-16 code units of the part's source.
 *
 * @schema EditDto
 * @awaited part start end text
 */
export interface Edit {
  part: MailPart;
  start: number;
  end: number;
  text: string;
}
