import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { insertUnordered, plainCollection } from '#platform';
import { inboxItemModel, type InboxItem } from './inbox-item.schema.ts';
import { inboxLaneModel, type InboxLane } from './inbox-lane.schema.ts';

/** The inbox's collections as the driver has them: plain objects, in groups. */
@Injectable()
export class InboxStore {
  readonly items: mongo.Collection<InboxItem>;
  readonly lanes: mongo.Collection<InboxLane>;

  constructor(
    @InjectModel(inboxItemModel) private readonly model: Model<InboxItem>,
    @InjectModel(inboxLaneModel) lanes: Model<InboxLane>,
  ) {
    this.items = plainCollection<InboxItem>(model);
    this.lanes = plainCollection<InboxLane>(lanes);
  }

  /** Resolves once each item is durable, this one or the one that was there before it. */
  async insert(items: InboxItem[]): Promise<void> {
    await insertUnordered(this.model.db, this.items, items);
  }
}
