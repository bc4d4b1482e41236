import type { TemplateParts } from '../compose/index.ts';
import type { Finding, LintSettings } from '../lint/index.ts';
import type { GivenLimits } from '../preflight-limits/index.ts';
import type { TemplateVersionView, TemplateView } from './template-view.ts';

export interface NewTemplate extends TemplateParts {
  name: string;
  slug?: string;
  /** Default `email`. */
  channel?: string;
  /** Default `marketing`. */
  purpose?: string;
  /** What the lint is to leave out, and which mail clients matter. */
  lint?: LintSettings;
  /** What its preflights may find; what is not said is as usual. Absent: as it was. */
  preflight?: GivenLimits;
}

/** A template, and what the lint found in it. */
export type LintedTemplate = TemplateView & { findings: Finding[] };
export type LintedVersion = TemplateVersionView & { findings: Finding[] };
