import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { findLazily, findMany, insertUnordered, type LazyDocuments } from '#platform';
import { identityBound, profileBound } from './bounds.ts';
import type { PartVersion } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import { identityModel, type StoredIdentity } from './identity.schema.ts';
import { nativeCollection, type ClientSession, type Collection, type Filter } from './native-collection.ts';
import { profileModel, type StoredProfile } from './profile.schema.ts';

/** A profile without what its parts say: enough to tell what is new. */
export type ProfileOutline = Pick<StoredProfile, '_id' | 'v'> & { parts: PartVersion[] };

const outline = { v: 1, 'parts.k': 1, 'parts.h': 1, 'parts.a': 1, 'parts.s': 1, 'parts.b': 1, 'parts.o': 1 } as const;

/** Profiles and identities as the driver has them: plain objects, in batches. */
@Injectable()
export class ProfileStore {
  readonly profiles: Collection<StoredProfile>;
  readonly identities: Collection<StoredIdentity>;

  constructor(
    @InjectModel(profileModel) private readonly profileModel: Model<StoredProfile>,
    @InjectModel(identityModel) identities: Model<StoredIdentity>,
  ) {
    this.profiles = nativeCollection<StoredProfile>(this.profileModel);
    this.identities = nativeCollection<StoredIdentity>(identities);
  }

  private get connection(): Connection {
    return this.profileModel.db;
  }

  /** Identity → profile id, for those that are known. */
  async ownersOf(keys: IdentityKey[]): Promise<Map<IdentityKey, string>> {
    if (keys.length === 0) return new Map();
    const found = await findMany(this.connection, this.identities, { _id: { $in: keys } });
    return new Map(found.map(({ _id, p }) => [_id, p]));
  }

  /** Those that somebody has, of some ways in which they may be written. Patterns that begin with a text are ranges of the index. */
  async identitiesLike(patterns: readonly RegExp[]): Promise<IdentityKey[]> {
    const found = await findMany(this.connection, this.identities, { _id: { $in: [...patterns] } });
    return found.map(({ _id }) => _id);
  }

  async outlinesByPart(keys: string[]): Promise<ProfileOutline[]> {
    if (keys.length === 0) return [];
    return findMany<StoredProfile, ProfileOutline>(
      this.connection,
      this.profiles,
      { 'parts.k': { $in: keys } },
      { projection: outline },
    );
  }

  async byIds(ids: string[]): Promise<Map<string, StoredProfile>> {
    if (ids.length === 0) return new Map();
    const found = await findMany(this.connection, this.profiles, { _id: { $in: ids } });
    return new Map(found.map((profile) => [profile._id, profile]));
  }

  /** By the ids asked for; of those that were merged into others, these. */
  async survivorsOf(ids: string[]): Promise<Map<string, StoredProfile>> {
    const found = new Map<string, StoredProfile>();
    for (let open = [...new Set(ids)]; open.length > 0;) {
      const profiles = await this.byIds(open);
      for (const [id, profile] of profiles) found.set(id, profile);
      open = [...profiles.values()].flatMap(({ mergedInto }) => mergedInto ?? []).filter((id) => !found.has(id));
    }
    const survivorOf = (id: string, steps = found.size): StoredProfile | undefined => {
      const profile = found.get(id);
      return profile?.mergedInto !== undefined && steps > 0 ? survivorOf(profile.mergedInto, steps - 1) : profile;
    };
    return new Map(
      ids.flatMap((id): [string, StoredProfile][] => {
        const survivor = survivorOf(id);
        return survivor ? [[id, survivor]] : [];
      }),
    );
  }

  /** Those of some ids that there are: a look at the index, however large the profiles. */
  async known(ids: string[]): Promise<Set<string>> {
    const options = { projection: { _id: 1 } };
    const found = await findMany(this.connection, this.profiles, { _id: { $in: ids } }, options);
    return new Set(found.map(({ _id }) => _id));
  }

  /** By age, so many at most. */
  page(filter: Filter<StoredProfile>, limit: number): Promise<StoredProfile[]> {
    return findMany(this.connection, this.profiles, filter, { sort: { _id: 1 }, limit });
  }

  /** The same, each profile decoded when it is gone to. */
  lazyPage(
    filter: Filter<StoredProfile>,
    limit: number,
    projection?: Partial<Record<keyof StoredProfile, 1>>,
  ): Promise<LazyDocuments<StoredProfile>> {
    return findLazily(this.connection, this.profiles, filter, {
      sort: { _id: 1 },
      limit,
      ...(projection && { projection }),
    });
  }

  /** Claims identities that nobody has; gives the positions of those that somebody has. */
  claim(identities: readonly StoredIdentity[]): Promise<Set<number>> {
    return insertUnordered(this.connection, this.identities, identities, identityBound);
  }

  /** Gives the positions of those that are there already. */
  insert(profiles: readonly StoredProfile[]): Promise<Set<number>> {
    return insertUnordered(this.connection, this.profiles, profiles, profileBound);
  }

  /** All of `work` or nothing; not repeated on conflicts. */
  async transaction(work: (session: ClientSession) => Promise<void>): Promise<void> {
    const session = await this.profileModel.startSession();
    try {
      session.startTransaction();
      await work(session);
      await session.commitTransaction();
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction();
      throw error;
    } finally {
      await session.endSession();
    }
  }
}
