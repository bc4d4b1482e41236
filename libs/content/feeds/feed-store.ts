import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicate } from '#platform';
import { feedContentModel, feedModel, type StoredFeed, type StoredFeedContent } from './feed.schema.ts';

/** Feeds and their last good answers in MongoDB. */
@Injectable()
export class FeedStore {
  constructor(
    @InjectModel(feedModel) private readonly feeds: Model<StoredFeed>,
    @InjectModel(feedContentModel) private readonly contents: Model<StoredFeedContent>,
  ) {}

  async find(slug: string): Promise<StoredFeed | undefined> {
    return (await this.feeds.findById(slug).lean<StoredFeed>()) ?? undefined;
  }

  findAll(slugs: string[]): Promise<StoredFeed[]> {
    return this.feeds.find({ _id: { $in: slugs } }).lean<StoredFeed[]>();
  }

  page(after: string | undefined, limit: number): Promise<StoredFeed[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.feeds.find(filter).sort({ _id: 1 }).limit(limit).lean<StoredFeed[]>();
  }

  outlines(): Promise<Pick<StoredFeed, '_id' | 'url'>[]> {
    return this.feeds.find({}, { url: 1 }).sort({ _id: 1 }).lean<StoredFeed[]>();
  }

  /** False when somebody else changed it meanwhile; `seen` is 0 for a new one. */
  async put({ _id, ...feed }: StoredFeed, seen: number): Promise<boolean> {
    try {
      const { matchedCount, upsertedCount } = await this.feeds.replaceOne({ _id, revision: seen }, feed, {
        upsert: seen === 0,
      });
      return matchedCount + upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** With its last answer. False when there is none. */
  async remove(slug: string): Promise<boolean> {
    return this.feeds.db.transaction(async (session) => {
      await this.contents.deleteOne({ _id: slug }, { session });
      return (await this.feeds.deleteOne({ _id: slug }, { session })).deletedCount === 1;
    });
  }

  /** Seals the same headers anew, after a change of the master key. */
  async reseal(slug: string, before: string, after: string): Promise<void> {
    await this.feeds.updateOne({ _id: slug, sealed: before }, { $set: { sealed: after } });
  }

  /** Without their texts. */
  contentsOf(slugs: string[]): Promise<Omit<StoredFeedContent, 'text'>[]> {
    return this.contents.find({ _id: { $in: slugs } }, { text: 0 }).lean<StoredFeedContent[]>();
  }

  async textOf(slug: string, hash: string): Promise<string | undefined> {
    return (await this.contents.findOne({ _id: slug, hash }).lean<StoredFeedContent>())?.text;
  }

  async keep({ _id, ...content }: StoredFeedContent): Promise<void> {
    await this.contents.replaceOne({ _id }, content, { upsert: true });
  }
}
