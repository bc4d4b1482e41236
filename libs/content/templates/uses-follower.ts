import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { contentHash } from '#platform';
import { BlockOutlines, UsedBlocks, type BlockStage } from '../blocks/index.ts';
import { Feeds } from '../feeds/index.ts';
import { TemplateUsage } from './template-usage.ts';
import { TemplateStore } from './template-store.ts';
import { templateModel, type StoredTemplate } from './template.schema.ts';
import { templateVersionModel, type StoredTemplateVersion } from './template-version.schema.ts';

type Outline = Pick<StoredTemplate, '_id' | 'revision' | 'published' | 'blocks' | 'usesSeen'>;

const pageSize = 500;

/**
 * Keeps what templates use true while their blocks and feeds change. It goes by what is stored, not by messages: a template remembers of which state
 * of what it uses its uses were told, and whoever asks compares. So nothing is lost with a process, nor in a race.
 */
@Injectable()
export class UsesFollower {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    @InjectModel(templateVersionModel) private readonly versions: Model<StoredTemplateVersion>,
    private readonly store: TemplateStore,
    private readonly outlines: BlockOutlines,
    private readonly used: UsedBlocks,
    private readonly feeds: Feeds,
    private readonly usage: TemplateUsage,
  ) {}

  /** Tells anew what has changed below templates. How many that were. */
  async catchUp(): Promise<number> {
    const [drafts, published, asking] = await Promise.all([
      this.outlines.of('draft'),
      this.outlines.of('published'),
      this.feeds.urlsAsking(),
    ]);
    if (drafts.size === 0 && asking.length === 0) return 0;
    let told = 0;
    for (let after: string | undefined; ;) {
      const page = await this.#page(after);
      const versions = await this.#versionsOf(page);
      for (const template of page) {
        const states = [drafts.stateOf(template.blocks ?? []), published.stateOf(versions.get(template._id) ?? [])];
        if (states.every((state) => state.length === 0) && asking.length === 0) continue;
        const seen = contentHash([template.revision, template.published, states, asking]);
        if (seen === template.usesSeen) continue;
        await this.#tell(template, seen);
        told += 1;
      }
      if (page.length < pageSize) return told;
      after = page.at(-1)?._id;
    }
  }

  #page(after: string | undefined): Promise<Outline[]> {
    const fields = { revision: 1, published: 1, blocks: 1, usesSeen: 1 } as const;
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.templates.find(filter, fields).sort({ _id: 1 }).limit(pageSize).lean<Outline[]>();
  }

  async #versionsOf(page: readonly Outline[]): Promise<Map<string, string[]>> {
    const ids = page.flatMap(({ _id, published }) => (published === 0 ? [] : [`${_id}:${published}`]));
    const found = await this.versions
      .find({ _id: { $in: ids } }, { template: 1, blocks: 1 })
      .lean<Pick<StoredTemplateVersion, 'template' | 'blocks'>[]>();
    return new Map(found.map(({ template, blocks }) => [template, blocks]));
  }

  /** Unless it was saved or published meanwhile: then its uses are of then, and the next one looks again. */
  async #tell({ _id, revision, published }: Outline, usesSeen: string): Promise<void> {
    const template = await this.store.find(_id);
    if (!template || template.revision !== revision || template.published !== published) return;
    const version = published === 0 ? undefined : await this.store.version(_id, published);
    const [uses, publishedUses] = [
      await this.#usesOf(template, 'draft'),
      version && (await this.#usesOf(version, 'published')),
    ];
    const found = { ...(uses && { uses }), ...(publishedUses && { publishedUses }), usesSeen };
    await this.templates.updateOne({ _id, revision, published }, { $set: found });
  }

  /** Undefined where there is no mail, since a block of it is gone or broken: what it used last stays. */
  async #usesOf(
    { parts, blocks = [] }: Pick<StoredTemplate, 'parts' | 'blocks'>,
    stage: BlockStage,
  ): Promise<string[] | undefined> {
    try {
      return await this.usage.usesOf({ ...parts, blocks: await this.used.of(blocks, stage) });
    } catch (error) {
      if (error instanceof MillraceError && error.code.startsWith('template_')) return undefined;
      throw error;
    }
  }
}
