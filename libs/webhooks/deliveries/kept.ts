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

/** So much at a time, one delivery at least: the bytes of one group are in memory. */
const atATime = { deliveries: 50, bytes: 8_000_000 };
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

  /**
   * Everything that arrived in the window, newest first, except what was a replay itself; 1,000 deliveries a request. Where something fails once
   * some are kept, the answer tells where to go on: the same request again would double those.
   */
  async replayWindow(connection: string, { from, to, after }: ReplayWindow): Promise<Replayed> {
    const filter = { ...filterOf(connection, { from, to, after }), replayOf: { $exists: false } };
    const found = this.store.deliveries.find(filter, {
      sort: newestFirst,
      limit: mostReplayed + 1,
      batchSize: atATime.deliveries,
    });
    let last: StoredDelivery | undefined;
    let replayed = 0;
    const soFar = (): Replayed => ({ replayed, next: last ? encodeCursor(placeOf(last)) : null });
    try {
      for await (const group of inGroups(found)) {
        const wanted = group.slice(0, mostReplayed - replayed);
        await this.inbox.keep(wanted.map(replayOf));
        replayed += wanted.length;
        last = wanted.at(-1) ?? last;
        if (wanted.length < group.length) return soFar();
      }
    } catch (error) {
      if (replayed === 0) throw error;
      return soFar();
    }
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

async function* inGroups(found: AsyncIterable<StoredDelivery>): AsyncGenerator<StoredDelivery[]> {
  let group: StoredDelivery[] = [];
  let bytes = 0;
  for await (const delivery of found) {
    const { length } = delivery.json;
    if (group.length === atATime.deliveries || (group.length > 0 && bytes + length > atATime.bytes)) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(delivery);
    bytes += length;
  }
  if (group.length > 0) yield group;
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
