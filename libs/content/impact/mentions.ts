import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { UsedBy } from '#platform';
import { saysAudience, saysComputedTrait } from '#profiles';
import { templateModel, type StoredTemplate } from '../templates/index.ts';
import { feedsNamedIn, stringsNamedIn } from './names-in-text.ts';
import { usedByTemplate, WrittenContent } from './written-content.ts';

/** Names that are enough for a message. */
const mostTold = 20;

/**
 * Which templates and blocks, drafts or newest versions, say a name that is none of a trait: in their text, or in the conditions of variants. By the
 * text alone, so a comment that says it counts, too.
 */
@Injectable()
export class Mentions {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    private readonly written: WrittenContent,
  ) {}

  /** `{{#if (contains profile.audiences "loyal")}}`, and conditions about `profile.audiences`. */
  async ofAudience(slug: string): Promise<UsedBy[]> {
    // A condition's field and value are texts of their own.
    return this.#where((texts) => saysAudience(JSON.stringify(texts), slug));
  }

  /** `{{computed.spent}}`, and conditions about it. */
  async ofComputedTrait(trait: string): Promise<UsedBy[]> {
    return this.#where((texts) => texts.some((text) => saysComputedTrait(text, trait)));
  }

  /** `{{feeds.news.title}}`, and Iterable's ways to name a feed. */
  async ofFeed(slug: string): Promise<UsedBy[]> {
    return this.#where((texts) => texts.some((text) => feedsNamedIn(text).includes(slug)));
  }

  /** `{{t "greeting"}}` */
  async ofStrings(keys: readonly string[]): Promise<UsedBy[]> {
    const asked = new Set(keys);
    return this.#where((texts) => texts.some((text) => stringsNamedIn(text).some((key) => asked.has(key))));
  }

  /** Templates whose draft or newest version declares it. */
  async ofPurpose(purpose: string): Promise<UsedBy[]> {
    const found = await this.templates
      .find({ $or: [{ purpose }, { publishedPurpose: purpose }] }, { slug: 1, name: 1 })
      .sort({ _id: 1 })
      .limit(mostTold)
      .lean<Pick<StoredTemplate, '_id' | 'slug' | 'name'>[]>();
    return found.map(usedByTemplate);
  }

  async #where(say: (texts: string[]) => boolean): Promise<UsedBy[]> {
    const found: UsedBy[] = [];
    for await (const { by, texts } of this.written.all()) {
      if (say(texts)) found.push(by);
      if (found.length === mostTold) break;
    }
    return found;
  }
}
