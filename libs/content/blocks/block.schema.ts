import { Schema } from 'mongoose';
import type { BlockContent } from './block.ts';

/** A reusable block: the draft that people work on. What was published is in its versions. */
export interface StoredBlock {
  /** The slug: `{{> <slug>}}`. */
  _id: string;
  name: string;
  content: BlockContent;
  /** SHA-256 of the content. */
  hash: string;
  /** Slugs of the blocks that it uses itself. */
  blocks: string[];
  /** Tokens that it names, without its parameters. */
  paths: string[];
  /** Raised by every change of the draft. */
  revision: number;
  /** The newest version; 0 before the first. */
  published: number;
  createdAt: Date;
  updatedAt: Date;
}

export const blockModel = 'Block';

export const blockSchema = new Schema<StoredBlock>(
  {
    _id: String,
    name: { type: String, required: true },
    content: Schema.Types.Mixed,
    hash: { type: String, required: true },
    blocks: { type: [String], default: [] },
    paths: { type: [String], default: [] },
    revision: { type: Number, required: true },
    published: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'blocks', versionKey: false, minimize: false },
);

blockSchema.index({ blocks: 1 });
blockSchema.index({ paths: 1 });

/** What a block was when it was published; never changed. */
export interface StoredBlockVersion {
  /** `<slug>:<version>` */
  _id: string;
  block: string;
  /** Counts from 1. */
  version: number;
  content: BlockContent;
  hash: string;
  blocks: string[];
  publishedAt: Date;
  /** Id of the key. */
  publishedBy: string;
}

export const blockVersionModel = 'BlockVersion';

export const blockVersionSchema = new Schema<StoredBlockVersion>(
  {
    _id: String,
    block: { type: String, required: true },
    version: { type: Number, required: true },
    content: Schema.Types.Mixed,
    hash: { type: String, required: true },
    blocks: { type: [String], default: [] },
    publishedAt: { type: Date, required: true },
    publishedBy: { type: String, required: true },
  },
  { collection: 'block_versions', versionKey: false, minimize: false },
);

blockVersionSchema.index({ block: 1, version: -1 }, { unique: true });
blockVersionSchema.index({ blocks: 1 });
