import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DueProfiles } from '../due/index.ts';
import { readingsOf, type IdentityKey, type IdentityRules } from '../identity/index.ts';
import { nativeCollection, ProfileStore, touchOwners, type Collection } from '../store/index.ts';
import { restrictionModel, type Restriction } from './restriction.schema.ts';

/** Whose data is kept but not used. A restriction belongs to identities, so a merge cannot lose it. */
@Injectable()
export class Restrictions {
  private readonly collection: Collection<Restriction>;

  constructor(
    @InjectModel(restrictionModel) model: Model<Restriction>,
    private readonly store: ProfileStore,
    private readonly due: DueProfiles,
  ) {
    this.collection = nativeCollection<Restriction>(model);
  }

  /** The restricted ones of some identities. */
  async among(identities: readonly IdentityKey[]): Promise<Set<IdentityKey>> {
    if (identities.length === 0) return new Set();
    const found = this.collection.find({ _id: { $in: [...identities] } }, { projection: { _id: 1 } });
    return new Set((await found.toArray()).map(({ _id }) => _id));
  }

  /** The ids of those people who are restricted: by any of their identities. */
  async people(people: readonly { _id: string; ids: readonly IdentityKey[] }[]): Promise<Set<string>> {
    const restricted = await this.among(people.flatMap(({ ids }) => ids));
    if (restricted.size === 0) return new Set();
    return new Set(people.filter(({ ids }) => ids.some((id) => restricted.has(id))).map(({ _id }) => _id));
  }

  /** Can be repeated. */
  async restrict(request: string, identities: readonly IdentityKey[], since: Date, now = since): Promise<void> {
    if (identities.length === 0) return;
    await this.#changing(identities, () =>
      this.collection.bulkWrite(
        identities.map((_id) => ({
          updateOne: { filter: { _id }, update: { $set: { request, since } }, upsert: true },
        })),
        { ordered: false },
      ),
    );
    await touchOwners(this.store, identities, now);
  }

  /** What is restricted is so, too, under the identities that the policy makes of it now. Can be repeated. */
  async readAnew(rules: IdentityRules): Promise<void> {
    for await (const { _id, request, since } of this.collection.find()) {
      const readings = readingsOf(_id, rules).filter((reading) => reading !== _id);
      const known = await this.among(readings);
      await this.restrict(
        request,
        readings.filter((reading) => !known.has(reading)),
        since,
        new Date(),
      );
    }
  }

  /** Gives how many there were. The people are sent again to those who follow them. */
  async lift(request: string, now: Date): Promise<number> {
    const mine = await this.collection.find({ request }, { projection: { _id: 1 } }).toArray();
    const identities = mine.map(({ _id }) => _id);
    await this.#changing(identities, () => this.collection.deleteMany({ request }));
    await touchOwners(this.store, identities, now);
    return identities.length;
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
