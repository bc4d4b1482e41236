import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { UsedBy } from '#platform';
import { saysAudience, saysComputedTrait } from '#profiles';
import { blockModel, type StoredBlock } from '../blocks/index.ts';
import { templateModel, type StoredTemplate } from '../templates/index.ts';

/** Names that are enough for a message. */
const mostTold = 20;

/** Which templates and blocks say a name of the profile store that they do not read as a trait: in their text, or in the conditions of variants. */
@Injectable()
export class Mentions {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    @InjectModel(blockModel) private readonly blocks: Model<StoredBlock>,
  ) {}

  /** `{{#if (contains profile.audiences "loyal")}}`, and conditions about `profile.audiences`. */
  async ofAudience(slug: string): Promise<UsedBy[]> {
    return this.#where((text) => saysAudience(text, slug));
  }

  /** `{{computed.spent}}`, and conditions about it. */
  async ofComputedTrait(trait: string): Promise<UsedBy[]> {
    return this.#where((text) => saysComputedTrait(text, trait));
  }

  /** Templates that declare it. */
  async ofPurpose(purpose: string): Promise<UsedBy[]> {
    const found = await this.templates
      .find({ purpose }, { slug: 1, name: 1 })
      .sort({ _id: 1 })
      .limit(mostTold)
      .lean<Pick<StoredTemplate, '_id' | 'slug' | 'name'>[]>();
    return found.map(usedByTemplate);
  }

  async #where(says: (text: string) => boolean): Promise<UsedBy[]> {
    const found: UsedBy[] = [];
    const templates = this.templates.find({}, { slug: 1, name: 1, parts: 1 }).sort({ _id: 1 }).lean<StoredTemplate[]>();
    for await (const template of templates.cursor()) {
      if (found.length < mostTold && says(JSON.stringify(template.parts))) found.push(usedByTemplate(template));
    }
    const blocks = this.blocks.find({}, { name: 1, content: 1 }).sort({ _id: 1 }).lean<StoredBlock[]>();
    for await (const { _id: id, name, content } of blocks.cursor()) {
      if (found.length < mostTold && says(JSON.stringify(content))) found.push({ kind: 'block', id, name });
    }
    return found;
  }
}

function usedByTemplate({ _id, slug, name }: Pick<StoredTemplate, '_id' | 'slug' | 'name'>): UsedBy {
  return { kind: 'template', id: slug ?? _id, name };
}
