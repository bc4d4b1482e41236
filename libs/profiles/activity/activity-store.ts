import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventModel, type StoredEvent } from '../events/index.ts';
import { orderDeletionModel, orderModel, type OrderDeletion, type StoredOrder } from '../orders/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';

/** Events and orders, and what is kept of deleted ones, as the driver has them: plain objects, in batches. */
@Injectable()
export class ActivityStore {
  readonly events: Collection<StoredEvent>;
  readonly orders: Collection<StoredOrder>;
  readonly orderDeletions: Collection<OrderDeletion>;

  constructor(
    @InjectModel(eventModel) events: Model<StoredEvent>,
    @InjectModel(orderModel) orders: Model<StoredOrder>,
    @InjectModel(orderDeletionModel) orderDeletions: Model<OrderDeletion>,
  ) {
    this.events = nativeCollection<StoredEvent>(events);
    this.orders = nativeCollection<StoredOrder>(orders);
    this.orderDeletions = nativeCollection<OrderDeletion>(orderDeletions);
  }
}
