import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { parseIdentity } from '../identity/index.ts';
import { Profiles } from '../people/index.ts';
import { nativeCollection, ProfileStore, type Collection } from '../store/index.ts';
import type { PersonSubject } from './person-subject.ts';

/** Finds out by what the data of a person is known. */
@Injectable()
export class PeopleFinder {
  private readonly consents: Collection<StoredConsent>;

  constructor(
    private readonly profiles: Profiles,
    private readonly store: ProfileStore,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
  }

  /** Throws `invalid_identity`. Somebody without a profile is known by the identity alone. */
  async find(identity: string): Promise<PersonSubject> {
    const key = parseIdentity(identity);
    const known = await this.profileOf(key);
    const identities = [...new Set([key, ...(known?.identities.map((one) => one.key) ?? [])])].sort();
    const profiles = known ? [known.id, ...known.absorbed] : [];
    const [parts, consents] = await Promise.all([
      this.store.byIds(profiles),
      this.consents.find({ identity: { $in: identities } }, { projection: { 'said.k': 1 } }).toArray(),
    ]);
    const records = [
      ...[...parts.values()].flatMap((profile) => profile.parts.map(({ k }) => k)),
      ...consents.flatMap(({ said }) => said.map(({ k }) => k)),
    ].filter((record) => !record.startsWith('millrace/'));
    return { profiles, identities, records: [...new Set(records)].sort() };
  }

  private async profileOf(key: string): Promise<Awaited<ReturnType<Profiles['lookup']>> | undefined> {
    try {
      return await this.profiles.lookup(key);
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found') return undefined;
      throw error;
    }
  }
}
