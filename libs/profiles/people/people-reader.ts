import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ActivityStore } from '../activity/index.ts';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import type { StoredEvent } from '../events/index.ts';
import { ProfileHistory, type StoredMerge, type StoredPartChange } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { StoredOrder } from '../orders/index.ts';
import { nativeCollection, type Collection, type Filter } from '../store/index.ts';

/** A place in a list that runs from new to old. */
export interface Place {
  /** Absent: among what has no time, which comes last. */
  at?: Date;
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
/** People who are asked for one by one at the same time. */
const together = 25;
const newestFirst = { at: -1, _id: -1 } as const;

/** What belongs to a person beside the profile. Lists are newest first, a page costs one read by index. */
@Injectable()
export class PeopleReader {
  private readonly consentsOf: Collection<StoredConsent>;

  constructor(
    private readonly activity: ActivityStore,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    private readonly history: ProfileHistory,
  ) {
    this.consentsOf = nativeCollection<StoredConsent>(consents);
  }

  /** Those without a time are last; until a moment, those of them that were known by then. */
  async orders(profiles: string[], excerpt: Excerpt): Promise<StoredOrder[]> {
    const { limit, after, until } = excerpt;
    const theirs = { p: { $in: profiles } };
    const filter = { ...theirs, ...within(excerpt) } as Filter<StoredOrder>;
    const isPast = isPastAll(excerpt);
    const found = isPast ? [] : await this.activity.orders.find(filter, { sort: newestFirst, limit }).toArray();
    if (found.length === limit || (!after && !until)) return found;
    const undated = {
      ...theirs,
      at: null as unknown as undefined,
      ...(isPast && { _id: { $lt: after?.id } }),
      ...(until && { createdAt: { $lte: until } }),
    } as Filter<StoredOrder>;
    const rest = this.activity.orders.find(undated, { sort: { _id: -1 }, limit: limit - found.length });
    return [...found, ...(await rest.toArray())];
  }

  async events(profiles: string[], excerpt: Excerpt): Promise<StoredEvent[]> {
    if (isPastAll(excerpt)) return [];
    const filter = { p: { $in: profiles }, ...within(excerpt) } as Filter<StoredEvent>;
    return this.activity.events.find(filter, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  /** The newest of each of some people (all ids of each). */
  ordersOfAll(people: readonly string[][], limit: number): Promise<StoredOrder[][]> {
    return newestOfAll(this.activity.orders, people, limit, (ids) => this.orders(ids, { limit }));
  }

  /** As `ordersOfAll`. */
  eventsOfAll(people: readonly string[][], limit: number): Promise<StoredEvent[][]> {
    return newestOfAll(this.activity.events, people, limit, (ids) => this.events(ids, { limit }));
  }

  /** Of each of some people (all identities of each). */
  async consentsOfAll(people: readonly IdentityKey[][]): Promise<StoredConsent[][]> {
    const most = 20 * people.length + mostConsents;
    const filter = { identity: { $in: people.flat() } };
    const found = await this.consentsOf.find(filter, { limit: most + 1 }).toArray();
    if (found.length > most) return oneByOne(people, (identities) => this.consents(identities));
    const byIdentity = grouped(found, ({ identity }) => identity);
    return people.map((identities) =>
      identities
        .flatMap((identity) => byIdentity.get(identity) ?? [])
        .sort((x, y) => (x._id < y._id ? -1 : 1))
        .slice(0, mostConsents),
    );
  }

  /** What records said anew; not what only moved with a merge or a split. */
  async changes(profiles: string[], excerpt: Excerpt): Promise<StoredPartChange[]> {
    if (isPastAll(excerpt)) return [];
    const filter = { p: { $in: profiles }, t: { $exists: true }, ...within(excerpt) } as Filter<StoredPartChange>;
    return this.history.changes.find(filter, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  /** Merges of a person, those that were undone among them. */
  async merges(profiles: string[], excerpt: Excerpt): Promise<StoredMerge[]> {
    if (isPastAll(excerpt)) return [];
    const those = { $in: profiles };
    const branches = [{ into: those }, { absorbed: those }].map((branch) => ({ ...branch, ...within(excerpt) }));
    return this.history.merges.find({ $or: branches }, { sort: newestFirst, limit: excerpt.limit }).toArray();
  }

  consents(identities: IdentityKey[]): Promise<StoredConsent[]> {
    return this.consentsOf.find({ identity: { $in: identities } }, { sort: { _id: 1 }, limit: mostConsents }).toArray();
  }
}

/** One read, unless people have more on average than may be asked of each. */
async function newestOfAll<T extends { _id: string; p?: string; at?: Date }>(
  collection: Collection<T>,
  people: readonly string[][],
  limit: number,
  ofOne: (ids: string[]) => Promise<T[]>,
): Promise<T[][]> {
  const most = people.length * limit;
  const found = (await collection
    .find({ p: { $in: people.flat() } } as Filter<T>, { limit: most + 1 })
    .toArray()) as T[];
  if (found.length > most) return oneByOne(people, ofOne);
  const byOwner = grouped(found, ({ p = '' }) => p);
  return people.map((ids) => {
    const own = ids.flatMap((id) => byOwner.get(id) ?? []);
    return own.sort(compareNewest).slice(0, limit);
  });
}

async function oneByOne<P, T>(people: readonly P[], ofOne: (person: P) => Promise<T[]>): Promise<T[][]> {
  const lists: T[][] = [];
  for (let start = 0; start < people.length; start += together)
    lists.push(...(await Promise.all(people.slice(start, start + together).map(ofOne))));
  return lists;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** As `newestFirst` sorts: those without a time are last. */
function compareNewest(x: { _id: string; at?: Date }, y: { _id: string; at?: Date }): number {
  const [before, after] = [x.at?.getTime() ?? -Infinity, y.at?.getTime() ?? -Infinity];
  if (before !== after) return before > after ? -1 : 1;
  return x._id > y._id ? -1 : 1;
}

/** Whether the list goes on behind everything that has a time. */
function isPastAll({ after }: Excerpt): boolean {
  return after !== undefined && after.at === undefined;
}

function within({ after: { at, id } = { id: '' }, until }: Excerpt): { at?: object; $or?: object[] } {
  if (!at) return until ? { at: { $lte: until } } : {};
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
}
