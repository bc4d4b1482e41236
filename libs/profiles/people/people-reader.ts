import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { eventModel, type StoredEvent } from '../events/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import { orderModel, type StoredOrder } from '../orders/index.ts';
import { nativeCollection, type Collection, type Filter } from '../store/index.ts';

/** A place in a list that runs from new to old. */
export interface Place {
  at: Date;
  id: string;
}

const mostConsents = 500;

/** What belongs to a person beside the profile. */
@Injectable()
export class PeopleReader {
  private readonly ordersOf: Collection<StoredOrder>;
  private readonly eventsOf: Collection<StoredEvent>;
  private readonly consentsOf: Collection<StoredConsent>;

  constructor(
    @InjectModel(orderModel) orders: Model<StoredOrder>,
    @InjectModel(eventModel) events: Model<StoredEvent>,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
  ) {
    this.ordersOf = nativeCollection<StoredOrder>(orders);
    this.eventsOf = nativeCollection<StoredEvent>(events);
    this.consentsOf = nativeCollection<StoredConsent>(consents);
  }

  /** Newest first; those without a time are last, and not in a list that goes on from a place. */
  orders(profiles: string[], limit: number, after?: Place): Promise<StoredOrder[]> {
    const filter = newestFirst(profiles, after) as Filter<StoredOrder>;
    return this.ordersOf.find(filter, { sort: { at: -1, _id: -1 }, limit }).toArray();
  }

  events(profiles: string[], limit: number, after?: Place): Promise<StoredEvent[]> {
    const filter = newestFirst(profiles, after) as Filter<StoredEvent>;
    return this.eventsOf.find(filter, { sort: { at: -1, _id: -1 }, limit }).toArray();
  }

  consents(identities: IdentityKey[]): Promise<StoredConsent[]> {
    return this.consentsOf.find({ identity: { $in: identities } }, { sort: { _id: 1 }, limit: mostConsents }).toArray();
  }
}

function newestFirst(profiles: string[], after: Place | undefined): object {
  if (!after) return { p: { $in: profiles } };
  const { at, id } = after;
  return { p: { $in: profiles }, at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
}
