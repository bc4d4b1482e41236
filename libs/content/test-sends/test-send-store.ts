import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { testSendModel, type StoredTestSend } from './test-send.schema.ts';

/** Records of test mails in MongoDB. */
@Injectable()
export class TestSendStore {
  constructor(@InjectModel(testSendModel) private readonly model: Model<StoredTestSend>) {}

  async add(record: StoredTestSend): Promise<void> {
    await this.model.create(record);
  }

  async end(_id: string, end: Pick<StoredTestSend, 'state' | 'answer' | 'error'>): Promise<void> {
    await this.model.updateOne({ _id }, { $set: end });
  }

  async find(_id: string): Promise<StoredTestSend | undefined> {
    return (await this.model.findOne({ _id }).lean<StoredTestSend>()) ?? undefined;
  }

  /** Newest first. */
  page(template: string | undefined, before: string | undefined, limit: number): Promise<StoredTestSend[]> {
    const filter = {
      ...(template !== undefined && { 'template.id': template }),
      ...(before !== undefined && { _id: { $lt: before } }),
    };
    return this.model.find(filter).sort({ _id: -1 }).limit(limit).lean<StoredTestSend[]>();
  }

  /** Those about people who are erased, and those that went to their addresses. Gives how many there were. */
  async forget(profiles: readonly string[], addresses: readonly string[]): Promise<number> {
    return (await this.model.deleteMany(about(profiles, addresses))).deletedCount;
  }

  /** Those about people, and those that went to their addresses; oldest first. */
  ofPeople(profiles: readonly string[], addresses: readonly string[]): AsyncIterable<StoredTestSend> {
    return this.model.find(about(profiles, addresses)).sort({ _id: 1 }).lean<StoredTestSend[]>().cursor();
  }
}

function about(profiles: readonly string[], addresses: readonly string[]): object {
  return { $or: [{ profile: { $in: [...profiles] } }, { to: { $in: [...addresses] } }] };
}
