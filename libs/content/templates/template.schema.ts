import { Schema } from 'mongoose';
import type { TemplateParts } from '../compose/index.ts';
import type { LintSettings } from '../lint/index.ts';
import type { PreflightLimits } from '../preflight-limits/index.ts';
import { partsSchema } from './parts.schema.ts';

/** A mail's template: the draft that people work on. What was published is in its versions. */
export interface StoredTemplate {
  _id: string;
  /** The marketer's own id. */
  slug?: string;
  name: string;
  channel: string;
  purpose: string;
  parts: TemplateParts;
  /** Raised by every change of the draft. */
  revision: number;
  /** The newest version; 0 before the first. */
  published: number;
  /** Tokens that the draft names. */
  paths: string[];
  /** What the draft uses of people, in the words of the profile store (uses/). */
  uses: string[];
  /** The same of the newest version. */
  publishedUses?: string[];
  /** The purpose of the newest version; absent, of old ones: the draft's (published-as.ts). */
  publishedPurpose?: string;
  /** Of which state of the draft, the version, their blocks and feeds both were told (uses-follower.ts); absent: of when they were saved. */
  usesSeen?: string;
  lint?: LintSettings;
  /** What its preflights may find; what is not said is as usual. */
  preflight?: Partial<PreflightLimits>;
  /** How often that was set; absent: never. */
  limitsSet?: number;
  /** Slugs of the blocks that the draft uses. */
  blocks: string[];
  createdAt: Date;
  updatedAt: Date;
}

export const templateModel = 'Template';

export const templateSchema = new Schema<StoredTemplate>(
  {
    _id: String,
    slug: String,
    name: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    parts: { type: partsSchema, required: true },
    blocks: { type: [String], default: [] },
    revision: { type: Number, required: true },
    published: { type: Number, required: true },
    paths: { type: [String], default: [] },
    uses: { type: [String], default: [] },
    publishedUses: { type: [String], default: undefined },
    publishedPurpose: String,
    usesSeen: String,
    lint: { type: Schema.Types.Mixed, default: undefined },
    preflight: { type: Schema.Types.Mixed, default: undefined },
    limitsSet: Number,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'templates', versionKey: false },
);

templateSchema.index({ slug: 1 }, { unique: true, partialFilterExpression: { slug: { $gt: '' } }, name: 'by_slug' });
templateSchema.index({ paths: 1 });
templateSchema.index({ uses: 1, _id: 1 });
templateSchema.index({ publishedUses: 1, _id: 1 }, { sparse: true });
templateSchema.index({ blocks: 1 });
templateSchema.index({ purpose: 1, _id: 1 });
templateSchema.index({ publishedPurpose: 1, _id: 1 }, { sparse: true });
