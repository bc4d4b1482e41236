import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { inboxId } from '#collect';
import { encodeCursor, listOf, newId, timeAndIdAfter, type List } from '#platform';
import type { DeliveryArrival } from '../receiving/index.ts';
import { DeliveryInbox, DeliveryStore, type StoredDelivery } from '../store/index.ts';
import {
  listed,
  viewOf,
  wholeViewOf,
  type DeliveryView,
  type ListedDelivery,
  type WholeDeliveryView,
} from './delivery-view.ts';

export interface DeliveryQuery {
  /** What the vendor calls it. */
  deliveryId?: string;
  from?: Date;
  /** Exclusive. */
  to?: Date;
  after?: string;
  limit: number;
}

export type ReplayWindow = Pick<DeliveryQuery, 'after'> & { from: Date; to: Date };

export interface Replayed {
  replayed: number;
  next: string | null;
}

/** So many at a time: the bytes of one group are in memory. */
const atATime = 50;
/** In one request; the answer tells where to go on. */
const mostReplayed = 1_000;
const newestFirst = { receivedAt: -1, _id: -1 } as const;

/** The deliveries that are kept of a connection, newest first; replayed ones come again to all syncs that read them. */
@Injectable()
export class Kept {
  constructor(
    private readonly store: DeliveryStore,
    private readonly inbox: DeliveryInbox,
  ) {}

  async list(connection: string, { deliveryId, limit, ...where }: DeliveryQuery): Promise<List<DeliveryView>> {
    const found = await this.store.deliveries
      .find<ListedDelivery>(
        { ...filterOf(connection, where), ...(deliveryId !== undefined && { _id: inboxId(connection, deliveryId) }) },
        { projection: listed, sort: newestFirst, limit: limit + 1 },
      )
      .toArray();
    return listOf(found, limit, viewOf, placeOf);
  }

  /** Throws `not_found`. */
  async get(connection: string, id: string): Promise<WholeDeliveryView> {
    return wholeViewOf(await this.#require(connection, id));
  }

  /** Resolves once the replay is durable. Throws `not_found`. */
  async replay(connection: string, id: string): Promise<DeliveryView> {
    const arrival = replayOf(await this.#require(connection, id));
    await this.inbox.keep([arrival]);
    return viewOf(arrival);
  }

  /** Everything that arrived in the window, newest first, except what was a replay itself; 1,000 deliveries a request. */
  async replayWindow(connection: string, { from, to, after }: ReplayWindow): Promise<Replayed> {
    const filter = { ...filterOf(connection, { from, to, after }), replayOf: { $exists: false } };
    const found = this.store.deliveries.find(filter, {
      sort: newestFirst,
      limit: mostReplayed + 1,
      batchSize: atATime,
    });
    let last: StoredDelivery | undefined;
    let replayed = 0;
    let group: DeliveryArrival[] = [];
    const keep = async (): Promise<void> => {
      await this.inbox.keep(group);
      replayed += group.length;
      group = [];
    };
    for await (const delivery of found) {
      if (replayed + group.length === mostReplayed) {
        await keep();
        const next = last ? encodeCursor(placeOf(last)) : null;
        return { replayed, next };
      }
      last = delivery;
      group.push(replayOf(delivery));
      if (group.length === atATime) await keep();
    }
    await keep();
    return { replayed, next: null };
  }

  async #require(connection: string, id: string): Promise<StoredDelivery> {
    const found = await this.store.deliveries.findOne({ _id: id, source: connection });
    if (found) return found;
    throw new MillraceError(
      'not_found',
      'There is no such delivery, or it has expired. GET …/hook/deliveries lists them.',
    );
  }
}

function placeOf({ receivedAt, _id }: Pick<StoredDelivery, 'receivedAt' | '_id'>): [string, string] {
  return [receivedAt.toISOString(), _id];
}

function filterOf(source: string, { from, to, after }: Pick<DeliveryQuery, 'from' | 'to' | 'after'>) {
  const position = timeAndIdAfter(after);
  const receivedAt = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const { at, _id } = position ?? {};
  return {
    source,
    ...(Object.keys(receivedAt).length > 0 && { receivedAt }),
    ...(at && { $or: [{ receivedAt: { $lt: at } }, { receivedAt: at, _id: { $lt: _id } }] }),
  };
}

/** The same delivery under an id of its own. It expires with the first one. */
function replayOf(delivery: StoredDelivery): DeliveryArrival {
  const { source, receivedAt, json, identities, bytes, records, notUnderstood } = delivery;
  const first = delivery.replayOf ?? delivery._id;
  const deliveryId = newId('replay');
  const _id = inboxId(source, deliveryId);
  const known = notUnderstood && { notUnderstood };
  return { _id, source, receivedAt, json, identities, bytes, records, deliveryId, replayOf: first, ...known };
}
