import { typographicQuotes, type TemplateParts, type Warning } from '../compose/index.ts';
import type { LintSettings } from '../lint/index.ts';
import type { PreflightLimits } from '../preflight-limits/index.ts';
import { publishedAs } from './published-as.ts';
import { limitsEdition } from './refuse-stale-draft.ts';
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
  /** Of its limits: raised by every change of those. */
  limitsEdition: number;
  /** Slugs of the blocks that the draft uses. */
  blocks: string[];
  warnings: Warning[];
  createdAt: string;
  updatedAt: string;
}

/** What a list shows of a template. */
export type TemplateSummary = Pick<
  TemplateView,
  'id' | 'slug' | 'name' | 'subject' | 'channel' | 'purpose' | 'revision' | 'published' | 'createdAt' | 'updatedAt'
>;

/** What of a template its summary needs. */
export type SummarizedTemplate = Pick<
  StoredTemplate,
  '_id' | 'slug' | 'name' | 'channel' | 'purpose' | 'revision' | 'published' | 'createdAt' | 'updatedAt'
> & { parts: Pick<TemplateParts, 'subject'> };

export interface TemplateVersionView extends TemplateParts {
  template: string;
  version: number;
  /** To whom it may go. */
  channel: string;
  purpose: string;
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
    limitsEdition: limitsEdition(stored),
    blocks,
    warnings: typographicQuotes(parts),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function templateSummary({
  _id,
  slug,
  parts,
  published,
  createdAt,
  updatedAt,
  ...rest
}: SummarizedTemplate): TemplateSummary {
  const { name, channel, purpose, revision } = rest;
  return {
    id: _id,
    ...(slug !== undefined && { slug }),
    name,
    subject: parts.subject,
    channel,
    purpose,
    revision,
    published: published === 0 ? null : published,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function versionView(stored: StoredTemplateVersion, draft: StoredTemplate): TemplateVersionView {
  const { template, version, blocks = [], hash, publishedAt, publishedBy } = stored;
  const { channel, purpose, parts } = publishedAs(stored, draft);
  return {
    ...{ template, version, ...parts, channel, purpose, blocks, hash },
    ...{ publishedAt: publishedAt.toISOString(), publishedBy },
  };
}
