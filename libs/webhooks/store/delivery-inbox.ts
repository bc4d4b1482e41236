import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { Arrivals, Inbox, InboxReader, InboxStore, type InboxItem, type InboxLane } from '#collect';
import { Log, RedisClient, Settings, plainCollection } from '#platform';
import { deliveryLaneModel } from './delivery-lane.schema.ts';
import { deliveryModel, type StoredDelivery } from './delivery.schema.ts';

/** Deliveries have an inbox of their own: its readers want those of one connection, and operators look at them. */
@Injectable()
export class DeliveryStore extends InboxStore {
  readonly deliveries: mongo.Collection<StoredDelivery>;

  constructor(
    @InjectModel(deliveryModel) deliveries: Model<StoredDelivery>,
    @InjectModel(deliveryLaneModel) lanes: Model<InboxLane>,
  ) {
    super(deliveries as unknown as Model<InboxItem>, lanes);
    this.deliveries = plainCollection<StoredDelivery>(deliveries);
  }
}

@Injectable()
export class DeliveryArrivals extends Arrivals {
  constructor(redis: RedisClient, settings: Settings, log: Log) {
    super(redis, settings, log);
  }

  protected override get name(): string {
    return 'webhooks';
  }
}

@Injectable()
export class DeliveryInbox extends Inbox {
  constructor(store: DeliveryStore, arrivals: DeliveryArrivals, settings: Settings, log: Log) {
    super(store, arrivals, settings, log);
  }
}

@Injectable()
export class DeliveryReader extends InboxReader {
  constructor(store: DeliveryStore, arrivals: DeliveryArrivals, settings: Settings) {
    super(store, arrivals, settings);
  }
}
