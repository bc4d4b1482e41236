import { literalPattern } from '#platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { templateModel, UsesFollower, type StoredTemplate } from '../templates/index.ts';
import type { Use } from '../uses/index.ts';

export type UsingTemplate = Pick<StoredTemplate, '_id' | 'slug' | 'name' | 'published' | 'uses' | 'publishedUses'>;

const shown = { slug: 1, name: 1, published: 1, uses: 1, publishedUses: 1 } as const;

/** Which templates use something of people; blocks and feeds included, as they are now. */
@Injectable()
export class TemplateUses {
  constructor(
    @InjectModel(templateModel) private readonly templates: Model<StoredTemplate>,
    private readonly follower: UsesFollower,
  ) {}

  /** Those whose draft or newest version uses one of them, what holds it, or something in it. By age. */
  async using(uses: readonly Use[], { after, limit }: { after?: string; limit: number }): Promise<UsingTemplate[]> {
    await this.follower.catchUp();
    const any = { $in: [...new Set(uses.flatMap(around))] };
    const filter = {
      $or: [{ uses: any }, { publishedUses: any }],
      ...(after !== undefined && { _id: { $gt: after } }),
    };
    return this.templates.find(filter, shown).sort({ _id: 1 }).limit(limit).lean<UsingTemplate[]>();
  }
}

/** Itself and what is in it, and each of what holds it; a kind (`order`) holds nothing in particular. */
function around(use: Use): (string | RegExp)[] {
  const holders: string[] = [];
  for (let end = use.length; ;) {
    end = Math.max(use.lastIndexOf('.', end - 1), use.lastIndexOf('[', end - 1));
    if (end <= 0) break;
    holders.push(use.slice(0, end));
  }
  return [new RegExp(`^${literalPattern(use)}(?:[:.[]|$)`), ...holders];
}
