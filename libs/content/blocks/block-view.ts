import type { BlockContent } from './block.ts';
import type { StoredBlock, StoredBlockVersion } from './block.schema.ts';

export interface BlockView extends BlockContent {
  slug: string;
  name: string;
  /** Of the draft. */
  revision: number;
  /** The newest version, or null before the first. */
  published: number | null;
  /** Slugs of the blocks that it uses itself. */
  blocks: string[];
  /** Tokens that it names, without its parameters. */
  tokens: string[];
  createdAt: string;
  updatedAt: string;
}

export interface BlockVersionView extends BlockContent {
  slug: string;
  version: number;
  hash: string;
  publishedAt: string;
  publishedBy: string;
}

export function blockView({
  _id,
  name,
  content,
  revision,
  published,
  blocks,
  paths,
  createdAt,
  updatedAt,
}: StoredBlock): BlockView {
  return {
    slug: _id,
    name,
    ...content,
    revision,
    published: published === 0 ? null : published,
    blocks,
    tokens: paths,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function blockVersionView({
  block,
  version,
  content,
  hash,
  publishedAt,
  publishedBy,
}: StoredBlockVersion): BlockVersionView {
  return { slug: block, version, ...content, hash, publishedAt: publishedAt.toISOString(), publishedBy };
}
