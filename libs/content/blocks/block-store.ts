import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { unlessTaken } from '#platform';
import { addVersion } from '../publication/index.ts';
import type { BlockOutline } from './block.ts';
import { blockModel, blockVersionModel, type StoredBlock, type StoredBlockVersion } from './block.schema.ts';

/** Blocks and their versions in MongoDB. */
@Injectable()
export class BlockStore {
  constructor(
    @InjectModel(blockModel) private readonly blocks: Model<StoredBlock>,
    @InjectModel(blockVersionModel) private readonly versions: Model<StoredBlockVersion>,
  ) {}

  async find(slug: string): Promise<StoredBlock | undefined> {
    return (await this.blocks.findById(slug).lean<StoredBlock>()) ?? undefined;
  }

  findAll(slugs: string[]): Promise<StoredBlock[]> {
    return this.blocks.find({ _id: { $in: slugs } }).lean<StoredBlock[]>();
  }

  async draftOutlines(): Promise<BlockOutline[]> {
    const found = await this.blocks.find({}, { hash: 1, blocks: 1 }).lean<StoredBlock[]>();
    return found.map(({ _id, hash, blocks }) => ({ slug: _id, state: hash, uses: blocks }));
  }

  async publishedOutlines(): Promise<BlockOutline[]> {
    const found = await this.blocks.find({ published: { $gt: 0 } }, { published: 1 }).lean<StoredBlock[]>();
    const ids = found.map(({ _id, published }) => `${_id}:${published}`);
    const versions = await this.versions
      .find({ _id: { $in: ids } }, { block: 1, hash: 1, blocks: 1 })
      .lean<StoredBlockVersion[]>();
    return versions.map(({ block, hash, blocks }) => ({ slug: block, state: hash, uses: blocks }));
  }

  /** At most 1,000, for advice about names. */
  async slugs(): Promise<string[]> {
    const found = await this.blocks.find({}, { _id: 1 }).sort({ _id: 1 }).limit(1000).lean<{ _id: string }[]>();
    return found.map(({ _id }) => _id);
  }

  page(after: string | undefined, limit: number): Promise<StoredBlock[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.blocks.find(filter).sort({ _id: 1 }).limit(limit).lean<StoredBlock[]>();
  }

  /** False when there is one already. */
  insert(block: StoredBlock): Promise<boolean> {
    return unlessTaken(this.blocks.create(block));
  }

  /** False when somebody else was faster. */
  async change({ _id, revision }: StoredBlock, change: Partial<StoredBlock>): Promise<boolean> {
    const { matchedCount } = await this.blocks.updateOne({ _id, revision }, { $set: change, $inc: { revision: 1 } });
    return matchedCount === 1;
  }

  /** Adds a version and makes it the newest. False when it exists already, or the draft is another one by now, or gone. */
  publish(version: StoredBlockVersion): Promise<boolean> {
    const draft = { _id: version.block, hash: version.hash };
    const newest = { $set: { published: version.version } };
    return addVersion(this.blocks.db, {
      note: (session) => this.blocks.updateOne(draft, newest, { session }),
      add: (session) => this.versions.create([version], { session }),
    });
  }

  /** Makes a version that is there the newest. */
  async notePublished(slug: string, version: number): Promise<void> {
    await this.blocks.updateOne({ _id: slug }, { $max: { published: version } });
  }

  versionsById(ids: string[]): Promise<StoredBlockVersion[]> {
    return this.versions.find({ _id: { $in: ids } }).lean<StoredBlockVersion[]>();
  }

  /** With its versions. False when there is none. */
  async remove(slug: string): Promise<boolean> {
    return this.blocks.db.transaction(async (session) => {
      await this.versions.deleteMany({ block: slug }, { session });
      return (await this.blocks.deleteOne({ _id: slug }, { session })).deletedCount === 1;
    });
  }

  /** Newest first. */
  newestVersions(block: string, below: number | undefined, limit: number): Promise<StoredBlockVersion[]> {
    const filter = { block, ...(below !== undefined && { version: { $lt: below } }) };
    return this.versions.find(filter).sort({ version: -1 }).limit(limit).lean<StoredBlockVersion[]>();
  }
}
