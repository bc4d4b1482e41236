import { Inject, Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { nearest, noSuchBlock, type BlockUse } from '../guard/index.ts';
import type { BlockStage, BlockVersion } from './block.ts';
import { BlockStore } from './block-store.ts';

type KnownBlock = Pick<BlockVersion, 'slug' | 'params'>;

/** The blocks that a part of a draft uses. */
export interface PartUses {
  name: string;
  uses: readonly BlockUse[];
}

/** Where blocks are. */
export type BlockSource = Pick<BlockStore, 'findAll' | 'slugs' | 'versionsById'>;

const mostBlocks = 100;

/** Finds the blocks of a mail, and those that they use. */
@Injectable()
export class UsedBlocks {
  constructor(@Inject(BlockStore) private readonly store: BlockSource) {}

  /**
   * In the order in which they are met. `instead` stands for a block that is not saved yet.
   * @throws MillraceError `template_invalid` for a block that does not exist, was never published, or more than 100
   */
  async of(
    slugs: readonly string[],
    stage: BlockStage,
    instead?: BlockVersion & { blocks: string[] },
  ): Promise<BlockVersion[]> {
    const found = new Map<string, BlockVersion>();
    let wanted = [...new Set(slugs)];
    while (wanted.length > 0) {
      const saved = wanted.filter((slug) => slug !== instead?.slug);
      const level = saved.length === 0 ? [] : await this.#load(saved, stage);
      if (instead && wanted.includes(instead.slug)) level.push(instead);
      for (const block of level) found.set(block.slug, withoutUses(block));
      if (found.size > mostBlocks) throw invalid(`The mail uses more than ${mostBlocks} blocks: use fewer.`);
      wanted = [...new Set(level.flatMap(({ blocks }) => blocks))].filter((slug) => !found.has(slug));
    }
    return [...found.values()];
  }

  /**
   * The blocks of a draft, when each use names one that there is, and parameters that it has.
   * @throws MillraceError `template_invalid` with the place
   */
  async checked(parts: readonly PartUses[], instead?: BlockVersion & { blocks: string[] }): Promise<BlockVersion[]> {
    const slugs = [...new Set(parts.flatMap(({ uses }) => uses.map(({ slug }) => slug)))];
    const found = await this.store.findAll(slugs.filter((slug) => slug !== instead?.slug));
    const known: KnownBlock[] = found.map(({ _id, content }) => ({ slug: _id, params: content.params }));
    if (instead) known.push(instead);
    const missing = slugs.some((slug) => !known.some((one) => one.slug === slug));
    const all = missing ? await this.store.slugs() : [];
    for (const { name, uses } of parts) for (const use of uses) checkUse(name, use, known, all);
    return this.of(instead ? [instead.slug] : slugs, 'draft', instead);
  }

  async #load(slugs: string[], stage: BlockStage): Promise<(BlockVersion & { blocks: string[] })[]> {
    const blocks = await this.store.findAll(slugs);
    const missing = slugs.find((slug) => !blocks.some(({ _id }) => _id === slug));
    if (missing !== undefined) throw invalid(noSuchBlock(missing, await this.store.slugs()));
    if (stage === 'draft') {
      return blocks.map(({ _id, name, content, hash, revision, blocks: uses }) => {
        return { slug: _id, name, ...content, version: null, revision, hash, blocks: uses };
      });
    }
    const unpublished = blocks.find(({ published }) => published === 0);
    if (unpublished) throw invalid(`The block "${unpublished._id}" was never published: publish it first.`);
    const versions = await this.store.versionsById(blocks.map(({ _id, published }) => `${_id}:${published}`));
    return versions.map(({ block, version, content, hash, blocks: uses }) => {
      const name = blocks.find(({ _id }) => _id === block)?.name ?? block;
      return { slug: block, name, ...content, version, revision: null, hash, blocks: uses };
    });
  }
}

function checkUse(
  part: string,
  { slug, named, positional, place }: BlockUse,
  blocks: KnownBlock[],
  all: string[],
): void {
  const details = { part, ...place };
  const block = blocks.find((one) => one.slug === slug);
  if (!block) throw invalid(noSuchBlock(slug, all), details);
  const known = block.params.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    const has = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    const advice = near === undefined ? has : `Did you mean "${near}"?`;
    throw invalid(`The block "${slug}" has no parameter "${unknown.slice(0, 60)}". ${advice}`, details);
  }
  if (positional > Math.max(1, known.length)) {
    throw invalid(`The block "${slug}" has only ${known.length} parameters: leave the others out.`, details);
  }
}

function withoutUses({ blocks: _, ...block }: BlockVersion & { blocks: string[] }): BlockVersion {
  return block;
}

function invalid(message: string, details?: Record<string, string | number>): MillraceError {
  return new MillraceError('template_invalid', message, details && { details });
}
