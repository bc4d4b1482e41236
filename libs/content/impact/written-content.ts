import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { UsedBy } from '#platform';
import { blockModel, blockVersionModel, type StoredBlock, type StoredBlockVersion } from '../blocks/index.ts';
import {
  templateModel,
  templateVersionModel,
  type StoredTemplate,
  type StoredTemplateVersion,
} from '../templates/index.ts';

/** A template or block, and what somebody wrote in it. */
export interface Written {
  by: UsedBy;
  /** Every text of the draft and of the newest version: sources, and what conditions of variants name and ask for. */
  texts: string[];
}

/** Holds their sources: of at most 256 KB each. */
const atATime = 50;

/** What people wrote: the drafts and the newest versions of all templates and blocks. */
@Injectable()
export class WrittenContent {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    @InjectModel(templateVersionModel) private readonly templateVersions: Model<StoredTemplateVersion>,
    @InjectModel(blockModel) private readonly blocks: Model<StoredBlock>,
    @InjectModel(blockVersionModel) private readonly blockVersions: Model<StoredBlockVersion>,
  ) {}

  async *all(): AsyncGenerator<Written> {
    yield* this.#allTemplates();
    yield* this.#allBlocks();
  }

  /** Templates and blocks whose draft or newest version uses a block. */
  async usingBlock(slug: string): Promise<UsedBy[]> {
    const [drafts, versions, blocks, blockVersions] = await Promise.all([
      this.templates.find({ blocks: slug }, { slug: 1, name: 1 }).lean<StoredTemplate[]>(),
      this.templateVersions.find({ blocks: slug }, { template: 1, version: 1 }).lean<StoredTemplateVersion[]>(),
      this.blocks.find({ blocks: slug }, { name: 1 }).lean<StoredBlock[]>(),
      this.blockVersions.find({ blocks: slug }, { block: 1, version: 1 }).lean<StoredBlockVersion[]>(),
    ]);
    const newest = await this.templates
      .find({ _id: { $in: versions.map(({ template }) => template) } }, { slug: 1, name: 1, published: 1 })
      .lean<StoredTemplate[]>();
    const published = newest.filter((one) =>
      versions.some(({ template, version }) => template === one._id && version === one.published),
    );
    const newestBlocks = await this.blocks
      .find({ _id: { $in: blockVersions.map(({ block }) => block) } }, { name: 1, published: 1 })
      .lean<StoredBlock[]>();
    const publishedBlocks = newestBlocks.filter((one) =>
      blockVersions.some(({ block, version }) => block === one._id && version === one.published),
    );
    const all = [...[...drafts, ...published].map(usedByTemplate), ...[...blocks, ...publishedBlocks].map(usedByBlock)];
    return [...new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values()];
  }

  async *#allTemplates(): AsyncGenerator<Written> {
    for (let after: string | undefined; ;) {
      const page = await this.templates
        .find(after === undefined ? {} : { _id: { $gt: after } }, { slug: 1, name: 1, parts: 1, published: 1 })
        .sort({ _id: 1 })
        .limit(atATime)
        .lean<StoredTemplate[]>();
      const ids = page.map(({ _id, published }) => `${_id}:${published}`);
      const versions = await this.templateVersions
        .find({ _id: { $in: ids } }, { template: 1, parts: 1 })
        .lean<StoredTemplateVersion[]>();
      for (const template of page) {
        const newest = versions.find((version) => version.template === template._id);
        yield { by: usedByTemplate(template), texts: textsIn([template.parts, newest?.parts]) };
      }
      if (page.length < atATime) return;
      after = page.at(-1)?._id;
    }
  }

  async *#allBlocks(): AsyncGenerator<Written> {
    for (let after: string | undefined; ;) {
      const page = await this.blocks
        .find(after === undefined ? {} : { _id: { $gt: after } }, { name: 1, content: 1, published: 1 })
        .sort({ _id: 1 })
        .limit(atATime)
        .lean<StoredBlock[]>();
      const ids = page.map(({ _id, published }) => `${_id}:${published}`);
      const versions = await this.blockVersions
        .find({ _id: { $in: ids } }, { block: 1, content: 1 })
        .lean<StoredBlockVersion[]>();
      for (const block of page) {
        const newest = versions.find((version) => version.block === block._id);
        yield { by: usedByBlock(block), texts: textsIn([block.content, newest?.content]) };
      }
      if (page.length < atATime) return;
      after = page.at(-1)?._id;
    }
  }
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

export function usedByTemplate({ _id, slug, name }: Pick<StoredTemplate, '_id' | 'slug' | 'name'>): UsedBy {
  return { kind: 'template', id: slug ?? _id, name };
}

function usedByBlock({ _id: id, name }: Pick<StoredBlock, '_id' | 'name'>): UsedBy {
  return { kind: 'block', id, name };
}
