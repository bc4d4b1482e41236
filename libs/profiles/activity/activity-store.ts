import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventModel, type StoredEvent } from '../events/index.ts';
import { orderModel, type StoredOrder } from '../orders/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';

/** Events and orders as the driver has them: plain objects, in batches. */
@Injectable()
export class ActivityStore {
  readonly events: Collection<StoredEvent>;
  readonly orders: Collection<StoredOrder>;

  constructor(
    @InjectModel(eventModel) events: Model<StoredEvent>,
    @InjectModel(orderModel) orders: Model<StoredOrder>,
  ) {
    this.events = nativeCollection<StoredEvent>(events);
    this.orders = nativeCollection<StoredOrder>(orders);
  }
}
