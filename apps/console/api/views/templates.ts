import type { Warning } from './common.ts';
import type { PreflightLimits } from './preflight.ts';

/** @schema TemplateDto */
export interface Template {
  id: string;
  slug?: string;
  name: string;
  subject: string;
  preheader?: string;
  source: string;
  text?: string;
  format?: 'html' | 'mjml';
  fromName?: string;
  replyTo?: string;
  lint?: Record<string, unknown>;
  channel: string;
  purpose: string;
  revision: number;
  published: number | null;
  tokens: string[];
  warnings: Warning[];
  preflight?: PreflightLimits;
  createdAt: string;
  updatedAt: string;
}

/** @schema TemplateSummaryDto */
export interface TemplateSummary {
  id: string;
  slug?: string;
  name: string;
  subject: string;
  revision: number;
  published: number | null;
  updatedAt: string;
}

/** @schema TemplateVersionDto */
export interface TemplateVersion {
  version: number;
  subject: string;
  preheader?: string;
  source: string;
  text?: string;
  format?: 'html' | 'mjml';
  fromName?: string;
  replyTo?: string;
  channel: string;
  purpose: string;
  publishedAt: string;
  publishedBy: string;
}

/** @schema HelperDto */
export interface Helper {
  name: string;
  usage: string;
  doc: string;
  dialect: string;
}

/**
 * @schema MappedTraitDto
 * @awaited name title description sensitive fill
 */
export interface MappedTrait {
  name: string;
  title?: string;
  description?: string;
  sensitive: boolean;
  fill: number;
}
