import { Injectable } from '@nestjs/common';
import type { Deliveries, DeliveriesOptions, DeliveriesPage } from '@millrace/sdk';
import { DeliveryReader, unpackDelivery } from '../store/index.ts';
import { ErasedDeliveries } from './erased-deliveries.ts';

/** `ctx.deliveries`: what was kept of a connection, for the streams of its connector. */
@Injectable()
export class KeptDeliveries {
  constructor(
    private readonly reader: DeliveryReader,
    private readonly erased: ErasedDeliveries,
  ) {}

  of(connection: string): Deliveries {
    return {
      follow: (options) => this.#follow(connection, options),
      lag: (options) => this.reader.lag({ ...options, source: connection }),
    };
  }

  async *#follow(source: string, options: DeliveriesOptions): AsyncGenerator<DeliveriesPage> {
    for await (const { lane, items } of this.reader.follow({ ...options, source })) {
      await this.erased.remove(items.map(({ _id }) => _id));
      const deliveries = items.map(({ _id: id, seq: place, json, receivedAt }) => ({
        ...unpackDelivery(json, receivedAt),
        id,
        place,
      }));
      yield { lane, deliveries };
    }
  }
}
