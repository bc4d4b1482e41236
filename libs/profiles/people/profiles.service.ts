import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { encodeCursor, listOf, randomDocuments, textAfter, type List } from '#platform';
import { withPartsOf } from '../folding/index.ts';
import { Membership } from '../membership/index.ts';
import { Unmerger, type MergeRef } from '../merging/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { ProfileStore, type Filter, type StoredProfile } from '../store/index.ts';
import { allIds, allParts, PersonViews, type PeopleParts, type WantedParts } from './person-views.ts';
import { ProfileFinder } from './profile-finder.ts';
import { searchFor } from './search.ts';
import type { Sight } from './sight.ts';
import { Timeline, type TimelinePage } from './timeline.ts';
import type { MergeView, TimelineEntry } from './timeline-entry.ts';
import { profileSummary, type Person, type ProfileSummary, type ProfileView, type UnmergedView } from './views.ts';

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
  /** Default `masked`. */
  sight?: Sight;
  /** What beside the profiles is read (default: all); the rest is given as empty lists. */
  with?: PeopleParts;
}

const mostHits = 1_000;
/** People who are seen before others have their turn. */
const atOnce = 100;
const present: Filter<StoredProfile> = { mergedInto: { $exists: false }, 'ids.0': { $exists: true } };

/** People, as other libs and the API see them. */
@Injectable()
export class Profiles {
  constructor(
    private readonly store: ProfileStore,
    private readonly finder: ProfileFinder,
    private readonly views: PersonViews,
    private readonly timelines: Timeline,
    private readonly unmerger: Unmerger,
    private readonly settings: ProfileSettings,
    private readonly membership: Membership,
  ) {}

  /**
   * Whose an identity is (`email:ann@x.com`), or was at a moment. Throws `invalid_identity`, `profile_not_found` and, for a moment whose history
   * is gone, `history_expired`.
   */
  async lookup(identity: string, asOf?: Date, sight: Sight = 'masked'): Promise<ProfileView> {
    return this.views.profile(
      await (asOf ? this.finder.byIdentityAt(identity, asOf) : this.finder.byIdentity(identity)),
      sight,
    );
  }

  /** Follows merges: an absorbed profile's id gives the survivor. Throws as `lookup` does. */
  async get(id: string, asOf?: Date, sight: Sight = 'masked'): Promise<ProfileView> {
    return this.views.profile(await (asOf ? this.finder.byIdAt(id, asOf) : this.finder.byId(id)), sight);
  }

  /** Of those that are there, id → version: raised by every change. Ids that are unknown or were erased are left out. */
  async versions(ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const found = await this.store.profiles
      .find<Pick<StoredProfile, '_id' | 'v'>>({ _id: { $in: [...ids] } }, { projection: { v: 1 } })
      .toArray();
    return new Map(found.map(({ _id, v }) => [_id, v]));
  }

  /** By age, or those whose identity or name starts with `q`. */
  async list({ q, after, limit }: ProfileQuery): Promise<List<ProfileSummary>> {
    const { priorityOf } = await this.settings.rules();
    const from = textAfter(after);
    const found = q?.trim() ? await this.search(q, from, limit + 1) : await this.page(present, from, limit + 1);
    return listOf(
      found,
      limit,
      (profile) => profileSummary(profile, priorityOf),
      (last) => last._id,
    );
  }

  /** Orders, events, changes and merges, newest first. Throws `profile_not_found`. */
  async timeline(id: string, page: TimelinePage, sight: Sight = 'masked'): Promise<List<TimelineEntry>> {
    return this.timelines.page(allIds(await this.finder.byId(id)), page, sight);
  }

  /** Who became one with this person and why, newest first. Throws `profile_not_found`. */
  async merges(id: string, page: { after?: string; limit: number }): Promise<List<MergeView>> {
    return this.timelines.merges(allIds(await this.finder.byId(id)), page);
  }

  /** Makes two people of one again. `by` is the id of a key. Throws `bad_request`, `profile_not_found`, `merge_not_found`, `conflict`. */
  async unmerge(id: string, ref: MergeRef, by: string, sight: Sight = 'masked'): Promise<UnmergedView> {
    if ((ref.merge === undefined) === (ref.absorbed === undefined)) {
      throw new MillraceError('bad_request', 'Say which merge: either `merge` (its id), or `absorbed` (a profile id).');
    }
    const { merge, kept, restored } = await this.unmerger.unmerge(await this.finder.byId(id), ref, by);
    return {
      merge,
      kept: await this.get(kept, undefined, sight),
      restored: await this.get(restored, undefined, sight),
    };
  }

  /**
   * Somebody with everything that a template may show, by identity or profile id; with `asOf` as it was at that moment, or as it is now where
   * the person was not known yet. Which parts are wanted may turn out while the person is looked for. Throws `invalid_identity`,
   * `profile_not_found`, `history_expired`.
   */
  async person(
    identityOrId: string,
    asOf?: Date,
    sight: Sight = 'masked',
    parts: WantedParts | Promise<WantedParts> = allParts,
  ): Promise<Person> {
    const [profile, wanted] = await Promise.all([this.finder.find(identityOrId), parts]);
    return this.views.one(profile, asOf, sight, wanted);
  }

  /** Somebody to try a template with: who changed last. Throws `profile_not_found` while there is nobody. */
  async sample(asOf?: Date, sight: Sight = 'masked'): Promise<Person> {
    const [profile] = await this.store.profiles.find(present, { sort: { updatedAt: -1, _id: -1 }, limit: 1 }).toArray();
    if (profile) return this.views.one(profile, asOf, sight, allParts);
    throw new MillraceError(
      'profile_not_found',
      'There is nobody yet. Run a sync into the connection "profiles" first.',
    );
  }

  /** People by age, with everything that a template may show: all of them, or those in an audience (its slug). */
  async people({ audience, after, limit, sight = 'masked', with: parts }: PeopleQuery): Promise<List<Person>> {
    const filter = membersOf(audience);
    const found = await this.page(filter, textAfter(after), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      data: await this.views.all(page, sight, parts),
      next: last && found.length > limit ? encodeCursor(last._id) : null,
    };
  }

  /**
   * What is kept of each of `people`. Where profiles are all that is wanted, each is handed over as soon as it is decoded: a whole page of people at
   * once would be many objects.
   */
  async mapPeople<T>(query: PeopleQuery, keep: (person: Person) => T): Promise<List<T>> {
    const { audience, after, limit, sight = 'masked', with: parts = allParts } = query;
    if (parts.orders || parts.events || parts.consents) {
      const { data, next } = await this.people(query);
      return { data: data.map(keep), next };
    }
    const [found, view] = await Promise.all([
      this.store.lazyPage({ ...membersOf(audience), ...beyond(textAfter(after)) }, limit + 1),
      this.views.viewer(sight, parts.origins),
    ]);
    const data: T[] = [];
    let last: string | undefined;
    for (const profile of found) {
      if (data.length === limit) return { data, next: encodeCursor(last ?? '') };
      data.push(keep({ profile: view(profile), orders: [], events: [], consents: [] }));
      last = profile._id;
      if (data.length % atOnce === 0) await new Promise(setImmediate); // others have their turn
    }
    return { data, next: null };
  }

  /** How many there are: of all people about, in an audience exactly. */
  count(audience?: string): Promise<number> {
    return audience === undefined ? this.store.profiles.estimatedDocumentCount() : this.membership.count(audience);
  }

  /** So many people by chance (fewer where there are not so many), with everything that a template may show. */
  async random(count: number): Promise<Person[]> {
    // Sampled first, since MongoDB jumps to some of all, but reads all to choose among those that match. Few are nobody.
    const found = await randomDocuments(this.store.profiles, 2 * count, [{ $match: present }, { $limit: count }]);
    return this.views.all(found, 'masked');
  }

  /** Of up to so many people of whom a connection said something: the traits whose values are from its records. */
  async traitsFrom(connection: string, people: number): Promise<string[]> {
    const said = { ...present, ...withPartsOf(connection) };
    const found = await this.store.profiles.find(said, { limit: people }).toArray();
    const views = await Promise.all(found.map((profile) => this.views.profile(profile, 'masked')));
    const traits = views.flatMap(({ origins }) =>
      Object.entries(origins).flatMap(([trait, origin]) => (origin.connection === connection ? [trait] : [])),
    );
    return [...new Set(traits)].sort();
  }

  private page(filter: Filter<StoredProfile>, from: string | undefined, limit: number): Promise<StoredProfile[]> {
    return this.store.page({ ...filter, ...beyond(from) }, limit);
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

function beyond(from: string | undefined): Filter<StoredProfile> {
  return from === undefined ? {} : { _id: { $gt: from } };
}

/** Everybody, or those in an audience. */
function membersOf(audience: string | undefined): Filter<StoredProfile> {
  return audience === undefined ? present : { ...present, aud: audience };
}
