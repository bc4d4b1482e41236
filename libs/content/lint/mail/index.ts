/** A template as rules look at it. */
export type { HtmlAttribute, HtmlTag } from './html-tag.ts';
export type { LintedBlock, LintedMail, SampleMail } from './linted-mail.ts';
export { LintedPart } from './linted-part.ts';
