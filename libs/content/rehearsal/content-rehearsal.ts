import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { contentHash } from '#platform';
import { blockContentOf, Blocks, BlockStore, UsedBlocks, type NewBlock } from '../blocks/index.ts';
import { Templates, TemplateVersions, type NewTemplate } from '../templates/index.ts';
import { BlocksAhead } from './blocks-ahead.ts';

/** With what is put: it is published, too. */
export type Rehearsed<Given> = Given & { slug: string; publish?: boolean };

export interface Refusal {
  kind: 'block' | 'template';
  slug: string;
  code: string;
  message: string;
}

/** Puts blocks and templates in mind only, one after another, each with those before it. */
@Injectable()
export class ContentRehearsal {
  constructor(
    private readonly store: BlockStore,
    private readonly blocks: Blocks,
    private readonly templates: Templates,
    private readonly versions: TemplateVersions,
  ) {}

  /** What putting (and publishing) them in this order, blocks first, would refuse. */
  async refusals(blocks: Rehearsed<NewBlock>[], templates: Rehearsed<NewTemplate>[]): Promise<Refusal[]> {
    const ahead = new BlocksAhead(this.store);
    const used = new UsedBlocks(ahead);
    const found: Refusal[] = [];
    for (const block of blocks) {
      const refusal = await refusalOf(() => this.#putBlock(block, ahead, used));
      if (refusal) found.push({ kind: 'block', slug: block.slug, ...refusal });
    }
    for (const template of templates) {
      const refusal = await refusalOf(() => this.#putTemplate(template, used));
      if (refusal) found.push({ kind: 'template', slug: template.slug, ...refusal });
    }
    return found;
  }

  async #putBlock({ slug, publish, name, ...given }: Rehearsed<NewBlock>, ahead: BlocksAhead, used: UsedBlocks) {
    const content = blockContentOf(given);
    const block = { _id: slug, name, content, hash: contentHash(content), blocks: [], paths: [] };
    try {
      await ahead.put({ ...block, ...(await this.blocks.check(slug, { name, content }, used)) });
      if (publish) await this.#publishBlock(slug, ahead, used);
    } catch (error) {
      await ahead.put(block); // what uses it is not refused for its faults
      if (publish) ahead.publish(slug);
      throw error;
    }
  }

  async #publishBlock(slug: string, ahead: BlocksAhead, used: UsedBlocks): Promise<void> {
    const [draft] = await ahead.findAll([slug]);
    await used.of(draft?.blocks ?? [], 'published');
    ahead.publish(slug);
  }

  async #putTemplate({ slug, publish, ...given }: Rehearsed<NewTemplate>, used: UsedBlocks): Promise<void> {
    const draft = await this.templates.rehearsed(slug, given, used);
    if (publish) await this.versions.rehearse(draft, used);
  }
}

async function refusalOf(put: () => Promise<void>): Promise<Pick<Refusal, 'code' | 'message'> | undefined> {
  try {
    await put();
    return undefined;
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return { code: error.code, message: error.message };
  }
}
