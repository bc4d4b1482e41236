import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import type { KeptOptOut } from '#tombstones';
import { consentChoiceModel, consentModel, type ConsentChoice, type StoredConsent } from '../consents/index.ts';
import { nationalNumbers, type IdentityKey, type IdentityRules } from '../identity/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { nativeCollection, ProfileStore, type Collection } from '../store/index.ts';
import { OnceTogether } from './once-together.ts';
import { OrdersOfOthers } from './orders-of-others.ts';
import { personDiaries } from './person-diaries.ts';
import type { PersonSubject } from './person-subject.ts';

/** Takes people out of the profile store. Every step can be repeated. */
@Injectable()
export class PeopleEraser {
  private readonly consents: Collection<StoredConsent>;
  private readonly choices: Collection<ConsentChoice>;

  constructor(
    private readonly store: ProfileStore,
    private readonly restrictions: Restrictions,
    private readonly together: OnceTogether,
    private readonly ordersOfOthers: OrdersOfOthers,
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    @InjectModel(consentChoiceModel) choices: Model<ConsentChoice>,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
    this.choices = nativeCollection<ConsentChoice>(choices);
  }

  /** What outlives the erasure: by identity, what was refused; by a number without its country code what was so with it. */
  async optOutsOf(
    identities: readonly IdentityKey[],
    { policy }: IdentityRules,
  ): Promise<Map<IdentityKey, KeptOptOut[]>> {
    const found = this.consents.find({ identity: { $in: [...identities] }, state: 'denied' });
    const optOuts = new Map<IdentityKey, KeptOptOut[]>(identities.map((identity) => [identity, []]));
    for (const { identity, channel, purpose, a: at } of await found.toArray())
      for (const one of [identity, ...nationalNumbers(identity, policy)])
        optOuts.get(one)?.push({ channel, purpose, at });
    return optOuts;
  }

  /** The ids of all their consents. */
  async consentsOf(identities: readonly IdentityKey[]): Promise<string[]> {
    const found = this.consents.find({ identity: { $in: [...identities] } }, { projection: { _id: 1 } });
    return (await found.toArray()).map(({ _id }) => _id);
  }

  /**
   * Gives what was there, by collection. Of the profile an empty mark with its random id stays, so that whoever follows the profiles is told of
   * the deletion.
   */
  async erase(subject: PersonSubject, now: Date): Promise<Record<string, number>> {
    const { profiles, identities } = subject;
    const [consents, choices, restrictions] = await Promise.all([
      this.consents.deleteMany({ identity: { $in: identities } }),
      this.choices.deleteMany({ identity: { $in: identities } }),
      this.restrictions.erase(identities),
    ]);
    const emptied = await this.store.profiles.updateMany(
      { _id: { $in: profiles }, $or: [{ 'ids.0': { $exists: true } }, { 'parts.0': { $exists: true } }] },
      [{ $replaceWith: { _id: '$_id', v: { $add: ['$v', 1] }, parts: [], ids: [], createdAt: now, updatedAt: now } }],
    );
    // After the profile: a writer that saw its identities meanwhile loses by its version.
    const owned = await this.store.identities.deleteMany({ _id: { $in: identities } });
    const orders = await this.ordersOfOthers.forget(identities, await this.together.othersOf(profiles));
    const withOthers = await this.together.erase(subject);
    return {
      consents: consents.deletedCount,
      consent_choices: choices.deletedCount,
      restrictions,
      profiles: emptied.modifiedCount,
      identities: owned.deletedCount,
      orders,
      ...(await this.eraseDiaries(profiles, { part_history: withOthers })),
    };
  }

  private async eraseDiaries(profiles: string[], erased: Record<string, number>): Promise<Record<string, number>> {
    for (const { collection, by } of personDiaries) {
      const { deletedCount } = await this.connection.collection(collection).deleteMany({ [by]: { $in: profiles } });
      erased[collection] = (erased[collection] ?? 0) + deletedCount;
    }
    return erased;
  }
}
