import { Injectable } from '@nestjs/common';
import { describeCondition, MillraceError, refuseVainTests } from '@millrace/sdk';
import {
  againIfOvertaken,
  contentHash,
  listOf,
  numberAfter,
  Overtaken,
  refuseStale,
  textAfter,
  Uses,
  type Removing,
  type List,
} from '#platform';
import { Sandbox, type PartToCheck } from '../sandbox/index.ts';
import type { BlockContent, BlockParam, BlockVariant } from './block.ts';
import type { StoredBlock, StoredBlockVersion } from './block.schema.ts';
import { BlockStore } from './block-store.ts';
import { blockVersionView, blockView, type BlockVersionView, type BlockView } from './block-view.ts';
import { UsedBlocks } from './used-blocks.ts';

export interface NewBlock {
  name: string;
  source: string;
  params?: BlockParam[];
  /** `priority` is 0 when absent. */
  variants?: (Omit<BlockVariant, 'priority'> & { priority?: number })[];
}

interface Page {
  after?: string;
  limit: number;
}

/** Reusable blocks and layouts: drafts that are checked whenever they are saved, and published versions. */
@Injectable()
export class Blocks {
  /** Asked before a block is removed. */
  readonly uses = new Uses('block');

  constructor(
    private readonly store: BlockStore,
    private readonly used: UsedBlocks,
    private readonly sandbox: Sandbox,
  ) {}

  /**
   * Makes the block what is given; the same again changes nothing.
   * @param madeFrom the revision that the change was made from; undefined: from any
   * @throws MillraceError `template_invalid` with the place, also for a block that contains itself; `template_too_large`, `invalid_condition`, `conflict`;
   * with `madeFrom`, `not_found`
   */
  put(slug: string, given: NewBlock, madeFrom?: number): Promise<{ view: BlockView; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(slug, given, madeFrom));
  }

  /** Throws what is wrong with the block itself; stores nothing. The blocks that it uses may be yet to come. */
  async rehearsePut({ name: _name, ...given }: NewBlock): Promise<void> {
    const content = blockContentOf(given);
    refuseVainVariants(content);
    await this.sandbox.check(writtenIn(content));
  }

  /**
   * What it uses.
   * @param used where those are found: drafts that are not saved may stand for what is
   */
  async check(
    slug: string,
    { name, content }: Pick<StoredBlock, 'name' | 'content'>,
    used: UsedBlocks = this.used,
  ): Promise<Pick<StoredBlock, 'blocks' | 'paths'>> {
    refuseVainVariants(content);
    const parts = writtenIn(content);
    const checked = await this.sandbox.check(parts);
    const blocks = [...new Set(checked.flatMap((part) => part.blocks.map((use) => use.slug)))].sort();
    const draft = { slug, name, ...content, version: null, revision: null, hash: '', blocks };
    const uses = checked.map((part, index) => ({ name: parts[index]?.name ?? 'source', uses: part.blocks }));
    const reached = await used.checked(uses, draft);
    const sources = Object.fromEntries(reached.map((block) => [block.slug, block]));
    await this.sandbox.prepare([{ name: 'source', source: `{{> ${slug}}}`, html: true }], sources);
    const params = new Set(content.params.map((param) => param.name));
    const paths = checked.flatMap((part) => part.paths).filter((path) => !params.has(path.split('.')[0] ?? ''));
    return { blocks, paths: [...new Set(paths)].sort() };
  }

  async #putOnce(
    slug: string,
    { name, ...given }: NewBlock,
    madeFrom: number | undefined,
  ): Promise<{ view: BlockView; created: boolean }> {
    const known = madeFrom ? await this.#require(slug) : await this.store.find(slug);
    if (known) refuseStale('block', known, madeFrom);
    const content = blockContentOf(given);
    const hash = contentHash(content);
    if (known && known.hash === hash && known.name === name) return { view: blockView(known), created: false };
    const uses = await this.check(slug, { name, content });
    const now = new Date();
    const draft = { name, content, hash, ...uses, updatedAt: now };
    if (known) {
      if (await this.store.change(known, draft)) {
        return { view: blockView({ ...known, ...draft, revision: known.revision + 1 }), created: false };
      }
      throw new Overtaken('Somebody else changed this block meanwhile: read it again, then change it.');
    }
    const block: StoredBlock = { _id: slug, ...draft, revision: 1, published: 0, createdAt: now };
    if (await this.store.insert(block)) return { view: blockView(block), created: true };
    throw new Overtaken('Somebody else made this block at the same moment: read it, then change it.');
  }

  /** @throws MillraceError `not_found` */
  async get(slug: string): Promise<BlockView> {
    return blockView(await this.#require(slug));
  }

  /** By slug. */
  async list({ after, limit }: Page): Promise<List<BlockView>> {
    const found = await this.store.page(textAfter(after), limit + 1);
    return listOf(found, limit, blockView, ({ _id }) => _id);
  }

  /**
   * Makes a version of the draft, which published templates show from now on; of an unchanged draft, gives the version that it has.
   * @param madeFrom the revision that was looked at: `conflict` when the draft is another one by now (default: any)
   */
  publish(slug: string, by: string, madeFrom?: number): Promise<BlockVersionView> {
    return againIfOvertaken(() => this.#publishOnce(slug, by, madeFrom));
  }

  async #publishOnce(slug: string, by: string, madeFrom?: number): Promise<BlockVersionView> {
    const draft = await this.#require(slug);
    refuseStale('block', draft, madeFrom);
    const { content, hash, blocks, published } = draft;
    await this.used.of(blocks, 'published');
    const [newest] = await this.store.newestVersions(slug, undefined, 1);
    if (newest?.hash === hash) {
      // Versions were once written apart from the note of them.
      if (published < newest.version) await this.store.notePublished(slug, newest.version);
      return blockVersionView(newest);
    }
    const version = (newest?.version ?? 0) + 1;
    const publication = { block: slug, version, content, hash, blocks, publishedAt: new Date(), publishedBy: by };
    const stored: StoredBlockVersion = { _id: `${slug}:${version}`, ...publication };
    if (!(await this.store.publish(stored))) {
      throw new Overtaken('Somebody else published or changed this block at the same moment: look at its versions.');
    }
    return blockVersionView(stored);
  }

  /** Newest first. */
  async versions(slug: string, { after, limit }: Page): Promise<List<BlockVersionView>> {
    await this.#require(slug);
    const below = numberAfter(after);
    const found = await this.store.newestVersions(slug, below, limit + 1);
    return listOf(found, limit, blockVersionView, ({ version }) => version);
  }

  /** With its versions. @throws MillraceError `not_found`, `in_use` unless `force` */
  async remove(slug: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    await this.#require(slug);
    if (!force) await this.uses.refuse(slug);
    if (rehearse) return;
    if (!(await this.store.remove(slug))) throw noSuchBlock(slug);
  }

  async #require(slug: string): Promise<StoredBlock> {
    const found = await this.store.find(slug);
    if (found) return found;
    throw noSuchBlock(slug);
  }
}

function noSuchBlock(slug: string): MillraceError {
  return new MillraceError('not_found', `There is no block "${slug}". GET /api/blocks lists them.`);
}

/** @throws MillraceError `invalid_condition` */
function refuseVainVariants({ variants }: BlockContent): void {
  for (const { when } of variants) {
    describeCondition(when);
    refuseVainTests(when);
  }
}

function writtenIn({ source, variants, params: given }: BlockContent): PartToCheck[] {
  const params = given.map(({ name }) => name);
  const others = variants.map((variant) => ({ name: `variant ${variant.name}`, source: variant.source }));
  return [{ name: 'source', source }, ...others].map((part) => ({ ...part, html: true, params }));
}

/** With its defaults, and without what is not known. */
export function blockContentOf({ source, params, variants }: Omit<NewBlock, 'name'>): BlockContent {
  return {
    source,
    params: (params ?? []).map(({ name, default: value, doc }) => ({
      name,
      ...(value !== undefined && { default: value }),
      ...(doc !== undefined && { doc }),
    })),
    variants: (variants ?? []).map(({ name, when, source: own, priority }) => ({
      name,
      when,
      source: own,
      priority: priority ?? 0,
    })),
  };
}
