import type { MailPart, Place, Warning } from './common.ts';

/**
 * @schema PreviewTokenDto
 * @awaited block
 */
export interface PreviewToken {
  path: string;
  written: string;
  use: 'text' | 'condition' | 'list' | 'argument';
  value: unknown;
  missing: boolean;
  fallback: string | null;
  part: MailPart;
  block?: string;
  line: number;
  column: number;
  origin: Origin | null;
}

/** Where a value came from; the description leaves its shape open. */
export interface Origin {
  kind: string;
  connection?: string;
  connectionName?: string;
  stream?: string;
  key?: string;
  at?: string;
}

/**
 * @schema PreviewConditionDto
 * @awaited written part block line column chosen times
 */
export interface Condition {
  /** The opening tag. */
  written: string;
  part: MailPart;
  block?: string;
  line: number;
  column: number;
  chosen: 'then' | 'else' | 'nothing';
  times: number;
}

/**
 * @schema ChosenBlockDto
 * @awaited slug name variant because
 */
export interface ChosenBlock {
  slug: string;
  name: string;
  /** Null for the default. */
  variant: string | null;
  because: string | null;
}

/**
 * @schema PreviewDto
 * @awaited notSent conditions blocks
 */
export interface Preview {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  hash: string;
  tokens: PreviewToken[];
  warnings: Warning[];
  conditions?: Condition[];
  blocks?: ChosenBlock[];
  /** Why this person would not get the mail. */
  notSent?: ({ reason: string } & Place) | null;
  versions: { profile: { id: string } | null; clock: string };
  page: string;
}
