import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { eventModel, type StoredEvent } from '../events/index.ts';
import { ProfileHistory, type StoredMerge, type StoredPartChange } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import { orderModel, type StoredOrder } from '../orders/index.ts';
import { nativeCollection, type Collection, type Filter } from '../store/index.ts';

/** A place in a list that runs from new to old. */
export interface Place {
  at: Date;
  id: string;
}

/** What of a list is wanted. */
export interface Excerpt {
  limit: number;
  /** Only what is older than this place. */
  after?: Place;
  /** Only what was not later than this. */
  until?: Date;
}

const mostConsents = 500;
const newestFirst = { at: -1, _id: -1 } as const;

/** What belongs to a person beside the profile. Lists are newest first, a page costs one read by index. */
@Injectable()
export class PeopleReader {
  private readonly ordersOf: Collection<StoredOrder>;
  private readonly eventsOf: Collection<StoredEvent>;
  private readonly consentsOf: Collection<StoredConsent>;

  constructor(
    @InjectModel(orderModel) orders: Model<StoredOrder>,
    @InjectModel(eventModel) events: Model<StoredEvent>,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    private readonly history: ProfileHistory,
  ) {
    this.ordersOf = nativeCollection<StoredOrder>(orders);
    this.eventsOf = nativeCollection<StoredEvent>(events);
    this.consentsOf = nativeCollection<StoredConsent>(consents);
  }

  /** Those without a time are last, and not in a list that goes on from a place or ends at a moment. */
  orders(profiles: string[], excerpt: Excerpt): Promise<StoredOrder[]> {
    const filter = { p: { $in: profiles }, ...within(excerpt) } as Filter<StoredOrder>;
    return this.ordersOf.find(filter, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  events(profiles: string[], excerpt: Excerpt): Promise<StoredEvent[]> {
    const filter = { p: { $in: profiles }, ...within(excerpt) } as Filter<StoredEvent>;
    return this.eventsOf.find(filter, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  /** What records said anew; not what only moved with a merge or a split. */
  changes(profiles: string[], excerpt: Excerpt): Promise<StoredPartChange[]> {
    const filter = { p: { $in: profiles }, t: { $exists: true }, ...within(excerpt) } as Filter<StoredPartChange>;
    return this.history.changes.find(filter, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  /** Merges of a person, those that were undone among them. */
  merges(profiles: string[], excerpt: Excerpt): Promise<StoredMerge[]> {
    const those = { $in: profiles };
    const branches = [{ into: those }, { absorbed: those }].map((branch) => ({ ...branch, ...within(excerpt) }));
    return this.history.merges.find({ $or: branches }, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  consents(identities: IdentityKey[]): Promise<StoredConsent[]> {
    return this.consentsOf.find({ identity: { $in: identities } }, { sort: { _id: 1 }, limit: mostConsents }).toArray();
  }
}

function within({ after, until }: Excerpt): { at?: object; $or?: object[] } {
  if (!after) return until ? { at: { $lte: until } } : {};
  const { at, id } = after;
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
}
