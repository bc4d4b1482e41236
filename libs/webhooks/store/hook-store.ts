import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { hookModel, type StoredHook } from './hook.schema.ts';

@Injectable()
export class HookStore {
  private readonly hooks: mongo.Collection<StoredHook>;

  constructor(@InjectModel(hookModel) hooks: Model<StoredHook>) {
    this.hooks = plainCollection<StoredHook>(hooks);
  }

  async find(connection: string): Promise<StoredHook | undefined> {
    return (await this.hooks.findOne({ _id: connection })) ?? undefined;
  }

  async noteRefusals(connection: string, count: number, lastAt: Date, lastMessage: string): Promise<void> {
    await this.hooks.updateOne(
      { _id: connection },
      { $inc: { 'refused.count': count }, $set: { 'refused.lastAt': lastAt, 'refused.lastMessage': lastMessage } },
      { upsert: true },
    );
  }

  async noteRegistration(connection: string, url: string, at: Date): Promise<void> {
    await this.hooks.updateOne({ _id: connection }, { $set: { registration: { url, at } } }, { upsert: true });
  }

  async forgetRegistration(connection: string): Promise<void> {
    await this.hooks.updateOne({ _id: connection }, { $unset: { registration: 1 } });
  }
}
