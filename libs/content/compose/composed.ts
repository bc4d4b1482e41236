import type { ExplainedCondition, ExplainedToken, MissingReason } from '../explain/index.ts';
import type { Origin } from './origin.ts';

export type MailPart = 'subject' | 'preheader' | 'source' | 'text';

/** The parts of a template, as they are written. */
export interface TemplateParts {
  subject: string;
  /** The line that inboxes show after the subject. */
  preheader?: string;
  /** HTML with Handlebars. */
  source: string;
  /** Plain text with Handlebars; made from the HTML when absent. */
  text?: string;
}

export interface ComposedToken extends ExplainedToken<MailPart> {
  /** Of an empty value too, where its source says so. */
  origin: Origin | null;
  /** Why it is missing; null when it is there. */
  reason: MissingReason | null;
}

/** A block that showed or hid something, and why. */
export type ComposedCondition = ExplainedCondition<MailPart>;

export interface Warning {
  code: string;
  /** What is odd, and what to do. */
  message: string;
  part?: MailPart;
  line?: number;
  column?: number;
}

/** A mail for one person. */
export interface Composed {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  /** SHA-256 over all of the above. */
  hash: string;
  tokens: ComposedToken[];
  conditions: ComposedCondition[];
  warnings: Warning[];
}
