import type { SourceFormat } from '../prepare/index.ts';
import type { ExplainedCondition, ExplainedToken, MissingReason } from '../explain/index.ts';
import type { ChosenBlock } from './chosen-block.ts';
import type { ChosenLocale } from './languages.ts';
import type { Origin } from './origin.ts';

export const mailParts = ['subject', 'preheader', 'source', 'text', 'fromName', 'replyTo'] as const;
export type MailPart = (typeof mailParts)[number];

/** The parts of a template, as they are written. */
export interface TemplateParts {
  subject: string;
  /** The line that inboxes show after the subject. */
  preheader?: string;
  /** HTML or MJML with Handlebars. */
  source: string;
  /** How `source` is written (default `html`). */
  format?: SourceFormat;
  /** Plain text with Handlebars; made from the HTML when absent. */
  text?: string;
  /** Whom the mail is from, as people read it; Handlebars. */
  fromName?: string;
  /** The address that answers go to; Handlebars. */
  replyTo?: string;
}

export interface ComposedToken extends ExplainedToken<MailPart> {
  /** The reusable block that it stands in: `line` and `column` are of that block's source. */
  block?: string;
  /** Of an empty value too, where its source says so. */
  origin: Origin | null;
  /** Why it is missing; null when it is there. */
  reason: MissingReason | null;
}

/** A condition that showed or hid something, and why. */
export interface ComposedCondition extends ExplainedCondition<MailPart> {
  /** As with a token. */
  block?: string;
}

export interface Warning {
  code: string;
  /** What is odd, and what to do. */
  message: string;
  part?: MailPart;
  /** The reusable block that it is in. */
  block?: string;
  line?: number;
  column?: number;
}

/** Why this mail would not be sent to this person. */
export interface NotSent {
  /** What the template says, or what it misses. */
  reason: string;
  part: MailPart;
  block?: string;
  line?: number;
  column?: number;
}

/** A mail for one person. */
export interface Composed {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  /** Absent when the template does not say it. */
  fromName?: string;
  headers: Record<string, string>;
  /** SHA-256 over all of the above. */
  hash: string;
  /** That numbers, dates and strings were written in. */
  locale: string;
  /** Who said so. */
  localeFrom: ChosenLocale['localeFrom'];
  /** Null for a mail that may be sent. */
  notSent: NotSent | null;
  blocks: ChosenBlock[];
  tokens: ComposedToken[];
  conditions: ComposedCondition[];
  warnings: Warning[];
}
