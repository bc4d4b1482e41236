import { typographicQuotes, type TemplateParts, type Warning } from '../compose/index.ts';
import type { LintSettings } from '../lint/index.ts';
import type { PreflightLimits } from '../preflight-limits/index.ts';
import type { StoredTemplate } from './template.schema.ts';
import type { StoredTemplateVersion } from './template-version.schema.ts';

export interface TemplateView extends TemplateParts {
  id: string;
  slug?: string;
  name: string;
  channel: string;
  purpose: string;
  /** Of the draft. */
  revision: number;
  /** The newest version, or null before the first. */
  published: number | null;
  /** Tokens that the draft names, as it writes them. */
  tokens: string[];
  lint?: LintSettings;
  preflight?: Partial<PreflightLimits>;
  /** Slugs of the blocks that the draft uses. */
  blocks: string[];
  warnings: Warning[];
  createdAt: string;
  updatedAt: string;
}

export interface TemplateVersionView extends TemplateParts {
  template: string;
  version: number;
  /** Slugs of the blocks that it uses. */
  blocks: string[];
  hash: string;
  publishedAt: string;
  publishedBy: string;
}

export function templateView(stored: StoredTemplate): TemplateView {
  const {
    _id,
    slug,
    name,
    channel,
    purpose,
    parts,
    revision,
    published,
    paths,
    blocks = [],
    lint,
    preflight,
    createdAt,
    updatedAt,
  } = stored;
  return {
    id: _id,
    ...(slug !== undefined && { slug }),
    name,
    channel,
    purpose,
    ...parts,
    revision,
    published: published === 0 ? null : published,
    tokens: paths,
    ...(lint && { lint }),
    ...(preflight && { preflight }),
    blocks,
    warnings: typographicQuotes(parts),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function versionView(stored: StoredTemplateVersion): TemplateVersionView {
  const { template, version, parts, blocks = [], hash, publishedAt, publishedBy } = stored;
  return { template, version, ...parts, blocks, hash, publishedAt: publishedAt.toISOString(), publishedBy };
}
