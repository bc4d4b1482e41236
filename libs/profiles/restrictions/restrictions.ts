import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DueProfiles } from '../due/index.ts';
import { alikeField, readingsOf, type IdentityKey, type IdentityRules, type Likeness } from '../identity/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, ProfileStore, touchOwners, type Collection, type Filter } from '../store/index.ts';
import { restrictionModel, type Restriction } from './restriction.schema.ts';

/** Whose data is kept but not used. A restriction belongs to identities, so a merge cannot lose it. */
@Injectable()
export class Restrictions {
  private readonly collection: Collection<Restriction>;

  constructor(
    @InjectModel(restrictionModel) model: Model<Restriction>,
    private readonly store: ProfileStore,
    private readonly due: DueProfiles,
    private readonly settings: ProfileSettings,
  ) {
    this.collection = nativeCollection<Restriction>(model);
  }

  /**
   * The restricted ones of some identities: also those that a policy makes the same as one that was restricted before it came, or while it held. Whoever has
   * asked as whom they may have been stored gives that.
   */
  async among(identities: readonly IdentityKey[], asked?: Promise<Likeness | undefined>): Promise<Set<IdentityKey>> {
    if (identities.length === 0) return new Set();
    const [known, likeness] = await Promise.all([
      this.known(identities),
      asked ?? this.settings.likenessOf(identities),
    ]);
    if (!likeness) return known;
    const alike = await this.collection.find(likeness.filter('_id') as Filter<Restriction>).toArray();
    return new Set([...known, ...alike.flatMap(({ _id, since }) => likeness.askedAs(_id, since.getTime()))]);
  }

  /** The ids of those people who are restricted: by any of their identities. */
  async people(people: readonly { _id: string; ids: readonly IdentityKey[] }[]): Promise<Set<string>> {
    const restricted = await this.among(people.flatMap(({ ids }) => ids));
    if (restricted.size === 0) return new Set();
    return new Set(people.filter(({ ids }) => ids.some((id) => restricted.has(id))).map(({ _id }) => _id));
  }

  /** Can be repeated. */
  async restrict(request: string, identities: readonly IdentityKey[], since: Date, now = since): Promise<void> {
    await this.#restrict([request], identities, since, now);
  }

  /** What is restricted is so, too, under the identities that the policy makes of it now. Can be repeated. */
  async readAnew(rules: IdentityRules): Promise<void> {
    for await (const { _id, request, since } of this.collection.find()) {
      const readings = readingsOf(_id, rules).filter((reading) => reading !== _id);
      const found = await this.collection.find({ _id: { $in: readings } }).toArray();
      const known = new Map(found.map((one) => [one._id, [one.request].flat()]));
      const requests = [request].flat();
      const missing = readings.filter((one) => requests.some((asked) => known.get(one)?.includes(asked) !== true));
      await this.#restrict(requests, missing, since, new Date());
    }
  }

  /** Gives how many there were; whom another request restricts stays so. The people are sent again to those who follow them. */
  async lift(request: string, now: Date): Promise<number> {
    const mine = await this.collection.find({ request }, { projection: { _id: 1 } }).toArray();
    const identities = mine.map(({ _id }) => _id);
    await this.#changing(identities, async () => {
      await this.collection.updateMany({ request: { $eq: request, $type: 'array' } }, { $pull: { request } as object });
      await this.collection.deleteMany({ _id: { $in: identities }, request: { $in: [request, []] } });
    });
    await touchOwners(this.store, identities, now);
    return identities.length;
  }

  async #restrict(
    requests: readonly string[],
    identities: readonly IdentityKey[],
    since: Date,
    now: Date,
  ): Promise<void> {
    if (identities.length === 0) return;
    await this.#changing(identities, () =>
      this.collection.bulkWrite(
        identities.map((_id) => ({
          updateOne: { filter: { _id }, update: restrictedBy(requests, since, alikeField(_id)), upsert: true },
        })),
        { ordered: false },
      ),
    );
    await touchOwners(this.store, identities, now);
  }

  /** The identities that are restricted, of some or of some ways in which they may be written. */
  async known(identities: readonly (IdentityKey | RegExp)[]): Promise<Set<IdentityKey>> {
    const found = this.collection.find({ _id: { $in: [...identities] } }, { projection: { _id: 1 } });
    return new Set((await found.toArray()).map(({ _id }) => _id));
  }

  /** What people allow is measured anew after it. */
  async #changing(identities: readonly IdentityKey[], write: () => Promise<unknown>): Promise<void> {
    const owners = async (): Promise<string[]> => [...(await this.store.ownersOf([...new Set(identities)])).values()];
    await this.due.during(['consents'], owners, write);
  }

  async erase(identities: readonly IdentityKey[]): Promise<number> {
    return (await this.collection.deleteMany({ _id: { $in: [...identities] } })).deletedCount;
  }
}

/** Beside those who asked before. */
function restrictedBy(requests: readonly string[], since: Date, alike: { alike?: string }): object[] {
  const before = { $cond: [{ $isArray: '$request' }, '$request', [{ $ifNull: ['$request', requests[0]] }]] };
  return [{ $set: { ...alike, request: { $setUnion: [before, requests] }, since: { $min: ['$since', since] } } }];
}
