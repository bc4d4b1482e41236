import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { mongo, type Model } from 'mongoose';
import { plainCollection } from '#platform';
import { inboxItemModel, type InboxItem } from './inbox-item.schema.ts';
import { inboxLaneModel, type InboxLane } from './inbox-lane.schema.ts';

const duplicateKey = 11000;

/** The inbox's collections as the driver has them: plain objects, in groups. */
@Injectable()
export class InboxStore {
  readonly items: mongo.Collection<InboxItem>;
  readonly lanes: mongo.Collection<InboxLane>;

  constructor(
    @InjectModel(inboxItemModel) items: Model<InboxItem>,
    @InjectModel(inboxLaneModel) lanes: Model<InboxLane>,
  ) {
    this.items = plainCollection<InboxItem>(items);
    this.lanes = plainCollection<InboxLane>(lanes);
  }

  /** Resolves once each item is durable, this one or the one that was there before it. */
  async insert(items: InboxItem[]): Promise<void> {
    try {
      await this.items.insertMany(items, { ordered: false, ignoreUndefined: true });
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
      if ([error.writeErrors].flat().some((one) => (one as { code: number }).code !== duplicateKey)) throw error;
    }
  }
}
