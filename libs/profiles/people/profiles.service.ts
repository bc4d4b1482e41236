import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { decodeCursor, encodeCursor, type List } from '#platform';
import { traitOrigins } from '../folding/index.ts';
import { parseIdentity, type IdentityKey } from '../identity/index.ts';
import { ProfileStore, type Filter, type StoredProfile } from '../store/index.ts';
import { PeopleReader, type Place } from './people-reader.ts';
import { searchFor } from './search.ts';
import {
  consentView,
  eventView,
  orderView,
  profileSummary,
  profileView,
  type Person,
  type ProfileSummary,
  type ProfileView,
  type TimelineEntry,
} from './views.ts';

export interface ProfileQuery {
  /** Start of an identity or a name. */
  q?: string;
  after?: string;
  limit: number;
}

export interface PeopleQuery {
  /** Slug of an audience; default: everybody. */
  audience?: string;
  after?: string;
  limit: number;
}

const longestChain = 20;
const mostHits = 1_000;
const newestOrders = 20;
const newestEvents = 50;
const together = 25;
const idPattern = /^p_[0-9A-Z]{26}$/;
const present: Filter<StoredProfile> = { mergedInto: { $exists: false }, 'ids.0': { $exists: true } };

/** People, as other libs and the API see them. */
@Injectable()
export class Profiles {
  constructor(
    private readonly store: ProfileStore,
    private readonly reader: PeopleReader,
  ) {}

  /** Whose an identity is (`email:ann@x.com`). Throws `invalid_identity`, `profile_not_found`. */
  async lookup(identity: string): Promise<ProfileView> {
    return profileView(await this.byIdentity(parseIdentity(identity)));
  }

  /** Follows merges: an absorbed profile's id gives the survivor. Throws `profile_not_found`. */
  async get(id: string): Promise<ProfileView> {
    return profileView(await this.byId(id));
  }

  /** By age, or those whose identity or name starts with `q`. */
  async list({ q, after, limit }: ProfileQuery): Promise<List<ProfileSummary>> {
    const from = after === undefined ? undefined : idAt(after);
    const found = q?.trim() ? await this.search(q, from, limit + 1) : await this.page(present, from, limit + 1);
    const data = found.slice(0, limit);
    const last = data.at(-1);
    return { data: data.map(profileSummary), next: last && found.length > limit ? encodeCursor(last._id) : null };
  }

  /** Events and orders, newest first. Throws `profile_not_found`. */
  async timeline(id: string, { after, limit }: { after?: string; limit: number }): Promise<List<TimelineEntry>> {
    const ids = allIds(await this.byId(id));
    const place = after === undefined ? undefined : placeAt(after);
    const [orders, events] = await Promise.all([
      this.reader.orders(ids, limit + 1, place),
      this.reader.events(ids, limit + 1, place),
    ]);
    const entries = [
      ...orders.flatMap((order) =>
        order.at ? [{ at: order.at, id: order._id, entry: orderEntry(order, order.at) }] : [],
      ),
      ...events.map((event) => ({ at: event.at, id: event._id, entry: eventEntry(event) })),
    ].sort((x, y) => y.at.getTime() - x.at.getTime() || (x.id < y.id ? 1 : -1));
    const shown = entries.slice(0, limit);
    const last = shown.at(-1);
    const next = last && entries.length > limit ? encodeCursor([last.at.getTime(), last.id]) : null;
    return { data: shown.map(({ entry }) => entry), next };
  }

  /** Somebody with everything that a template may show, by identity or profile id. Throws `invalid_identity`, `profile_not_found`. */
  async person(identityOrId: string): Promise<Person> {
    const profile = idPattern.test(identityOrId)
      ? await this.byId(identityOrId)
      : await this.byIdentity(parseIdentity(identityOrId));
    return this.complete(profile);
  }

  /** Somebody to try a template with: who changed last. Throws `profile_not_found` while there is nobody. */
  async sample(): Promise<Person> {
    const [profile] = await this.store.profiles.find(present, { sort: { updatedAt: -1, _id: -1 }, limit: 1 }).toArray();
    if (profile) return this.complete(profile);
    throw new MillraceError(
      'profile_not_found',
      'There is nobody yet. Run a sync into the connection "profiles" first.',
    );
  }

  /** People by age, with everything that a template may show: all of them, or those in an audience (its slug). */
  async people({ audience, after, limit }: PeopleQuery): Promise<List<Person>> {
    const filter = audience === undefined ? present : { ...present, aud: audience };
    const found = await this.page(filter, after === undefined ? undefined : idAt(after), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      data: await this.completeAll(page),
      next: last && found.length > limit ? encodeCursor(last._id) : null,
    };
  }

  /** So many people by chance (fewer where there are not so many), with everything that a template may show. */
  async random(count: number): Promise<Person[]> {
    const found = await this.store.profiles
      .aggregate<StoredProfile>([{ $match: present }, { $sample: { size: count } }])
      .toArray();
    return this.completeAll(found);
  }

  /** Of up to so many people of whom a connection said something: the traits whose values are from its records. */
  async traitsFrom(connection: string, people: number): Promise<string[]> {
    const said = { parts: { $elemMatch: { k: { $gte: `${connection}/`, $lt: `${connection}0` } } } };
    const found = await this.store.profiles.find({ ...present, ...said }, { limit: people }).toArray();
    const traits = found.flatMap(({ parts }) =>
      Object.entries(traitOrigins(parts)).flatMap(([trait, origin]) =>
        origin.connection === connection ? [trait] : [],
      ),
    );
    return [...new Set(traits)].sort();
  }

  private async completeAll(profiles: readonly StoredProfile[]): Promise<Person[]> {
    const people: Person[] = [];
    for (let start = 0; start < profiles.length; start += together) {
      const some = profiles.slice(start, start + together);
      people.push(...(await Promise.all(some.map((profile) => this.complete(profile)))));
    }
    return people;
  }

  private async complete(profile: StoredProfile): Promise<Person> {
    const ids = allIds(profile);
    const [orders, events, consents] = await Promise.all([
      this.reader.orders(ids, newestOrders),
      this.reader.events(ids, newestEvents),
      this.reader.consents(profile.ids),
    ]);
    return {
      profile: profileView(profile),
      orders: orders.map(orderView),
      events: events.map(eventView),
      consents: consents.map(consentView),
    };
  }

  private async byIdentity(key: IdentityKey): Promise<StoredProfile> {
    const owner = await this.store.identities.findOne({ _id: key });
    const profile = owner && (await this.follow(owner.p));
    // An identity may outlive what was said of it for a moment; only the profile is sure.
    if (profile?.ids.includes(key)) return profile;
    throw new MillraceError(
      'profile_not_found',
      'Nobody has this identity. Check it for typing errors, search with GET /api/profiles?q=, or run the sync that brings this person.',
    );
  }

  private async byId(id: string): Promise<StoredProfile> {
    const profile = idPattern.test(id) ? await this.follow(id) : undefined;
    if (profile && profile.ids.length > 0) return profile;
    throw new MillraceError(
      'profile_not_found',
      'There is no profile with this id. POST /api/profiles/lookup finds people by identity, GET /api/profiles lists them.',
    );
  }

  private async follow(id: string): Promise<StoredProfile | undefined> {
    let next: string | undefined = id;
    for (let step = 0; next !== undefined && step < longestChain; step++) {
      const profile: StoredProfile | null = await this.store.profiles.findOne({ _id: next });
      if (!profile?.mergedInto) return profile ?? undefined;
      next = profile.mergedInto;
    }
    return undefined;
  }

  private page(filter: Filter<StoredProfile>, from: string | undefined, limit: number): Promise<StoredProfile[]> {
    const beyond = from === undefined ? {} : { _id: { $gt: from } };
    return this.store.profiles.find({ ...filter, ...beyond }, { sort: { _id: 1 }, limit }).toArray();
  }

  /** At most 1,000 hits are looked through: whoever wants more types more. */
  private async search(q: string, from: string | undefined, limit: number): Promise<StoredProfile[]> {
    const { identities, names } = searchFor(q);
    const [owners, named] = await Promise.all([
      this.store.identities.find({ $or: identities.map((_id) => ({ _id })) }, { limit: mostHits }).toArray(),
      this.store.profiles
        .find<Pick<StoredProfile, '_id'>>(
          { $or: names.map((name) => ({ name })) },
          { projection: { _id: 1 }, limit: mostHits },
        )
        .toArray(),
    ]);
    const hits = [...new Set([...owners.map(({ p }) => p), ...named.map(({ _id }) => _id)])].sort();
    const wanted = hits.filter((id) => from === undefined || id > from);
    return this.page({ ...present, _id: { $in: wanted } }, undefined, limit);
  }
}

function allIds({ _id, absorbed = [] }: StoredProfile): string[] {
  return [_id, ...absorbed];
}

function orderEntry(order: Parameters<typeof orderView>[0], at: Date): TimelineEntry {
  return { kind: 'order', id: order._id, at: at.toISOString(), order: orderView(order) };
}

function eventEntry(event: Parameters<typeof eventView>[0]): TimelineEntry {
  return { kind: 'event', id: event._id, at: event.at.toISOString(), event: eventView(event) };
}

function idAt(after: string): string {
  const position = decodeCursor(after);
  if (typeof position === 'string') return position;
  throw notACursor();
}

function placeAt(after: string): Place {
  const position = decodeCursor(after);
  const [at, id] = Array.isArray(position) ? position : [];
  if (typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string') return { at: new Date(at), id };
  throw notACursor();
}

function notACursor(): MillraceError {
  return new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
