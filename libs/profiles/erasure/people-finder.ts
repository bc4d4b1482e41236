import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { givenUp, ProfileHistory } from '../history/index.ts';
import {
  identitiesToTry,
  otherSpellings,
  readingNow,
  readingsOf,
  withNationalNumbers,
  type IdentityKey,
  type IdentityRules,
} from '../identity/index.ts';
import { Profiles, type ProfileView } from '../people/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, ProfileStore, type Collection, type StoredProfile } from '../store/index.ts';
import { formerIdentities } from './former-identities.ts';
import type { PersonSubject } from './person-subject.ts';

/** Finds out by what the data of a person is known. */
@Injectable()
export class PeopleFinder {
  private readonly consents: Collection<StoredConsent>;

  constructor(
    private readonly profiles: Profiles,
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
    private readonly restrictions: Restrictions,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
  }

  /** Throws `invalid_identity`. Somebody without a profile is known by the identity alone, in all ways in which rows may name it. */
  async find(identity: string): Promise<PersonSubject> {
    const { identities: rules } = await this.settings.rules();
    const known = await this.known(() => this.profiles.lookup(identity));
    const own = known?.identities.map((one) => one.key) ?? [];
    return this.grown(known ? [known.id, ...known.absorbed] : [], [...identitiesToTry(identity, rules), ...own], rules);
  }

  /** Whose a profile is, whoever has got an identity of theirs meanwhile. Of one that is gone, those of `identities` that nobody has now are left. */
  async findOf(profile: string, identities: readonly IdentityKey[]): Promise<PersonSubject> {
    const { identities: rules } = await this.settings.rules();
    const known = await this.known(() => this.profiles.get(profile));
    if (known) {
      const own = known.identities.map((one) => one.key);
      return this.grown([known.id, ...known.absorbed], own, rules);
    }
    const owners = await this.store.ownersOf([...identities]);
    const left = identities.filter((one) => !owners.has(one));
    return this.grown([profile], left, rules);
  }

  /** With everybody who is the same person, and in all ways in which rows may name them. */
  private async grown(profiles: string[], identities: IdentityKey[], rules: IdentityRules): Promise<PersonSubject> {
    for (;;) {
      // Whoever has an identity as the policy reads it now is the person: they become one when their sources are read anew.
      identities = unique(identities.flatMap((one) => everyReading(one, rules)));
      identities = unique([...identities, ...(await this.writtenOtherwise(identities, rules))]);
      const owners = await this.survivorsOf([...(await this.store.ownersOf(identities)).values()]);
      const others = owners.filter(({ _id }) => !profiles.includes(_id));
      if (others.length === 0) return this.subjectOf(profiles, identities);
      profiles = [...profiles, ...others.flatMap(({ _id, absorbed = [] }) => [_id, ...absorbed])];
      identities = [...identities, ...others.flatMap(({ ids }) => ids)];
    }
  }

  /**
   * The same person once rows about them are refused, with what came while they were looked for: whom others had joined to them or told apart from them, and who has
   * one of their identities though nobody had it then. Somebody else who had taken over an identity before `refusedSince` stays somebody else. What they were
   * named by formerly is theirs where nobody has it now: a row of an old export must not bring them back.
   */
  async findAgain(subject: PersonSubject, refusedSince: Date): Promise<PersonSubject> {
    const known = new Set([...subject.profiles, ...(await this.toldApart(subject))]);
    const { identities: rules } = await this.settings.rules();
    const named = [...subject.identities, ...(await this.writtenOtherwise(subject.identities, rules))];
    const owners = await this.store.ownersOf(unique(named));
    const people = await this.survivorsOf([...known, ...owners.values()]);
    const theirs = people.filter(
      ({ _id, absorbed = [], createdAt }) =>
        createdAt >= refusedSince || [_id, ...absorbed].some((profile) => known.has(profile)),
    );
    const profiles = [...known, ...theirs.flatMap(({ _id, absorbed = [] }) => [_id, ...absorbed])];
    const ids = theirs.flatMap((profile) => profile.ids.flatMap((id) => everyReading(id, rules)));
    const now = await this.subjectOf(profiles, [...subject.identities, ...ids]);
    const again = await this.subjectOf(profiles, [...now.identities, ...(await this.formerOf(now, rules))]);
    return { ...again, records: unique([...subject.records, ...again.records]) };
  }

  /** Under which addresses something is kept from before the policy read them as one of these. */
  private async writtenOtherwise(identities: IdentityKey[], rules: IdentityRules): Promise<IdentityKey[]> {
    const patterns = otherSpellings(identities, rules.policy);
    if (patterns.length === 0) return [];
    const [owned, chosen, restricted] = await Promise.all([
      this.store.identitiesLike(patterns),
      this.consents.distinct('identity', { identity: { $in: patterns } }),
      this.restrictions.known(patterns),
    ]);
    const read = new Set(identities.map((one) => readingNow(one, rules)));
    return [...owned, ...chosen, ...restricted].filter((one) => read.has(readingNow(one, rules)));
  }

  /** Nobody else's is what no other profile has, however it is read. */
  private async formerOf(subject: PersonSubject, rules: IdentityRules): Promise<IdentityKey[]> {
    const readings = (await formerIdentities(this.history, subject)).map((one) => readingsOf(one, rules));
    const owners = await this.store.ownersOf(readings.flat());
    const isOthers = (one: IdentityKey): boolean =>
      owners.has(one) && !subject.profiles.includes(owners.get(one) ?? '');
    return readings.filter((own) => !own.some(isOthers)).flat();
  }

  /** Those that were told apart from the subject's profiles and have identities of the subject's: nobody else can have these. */
  private async toldApart({ profiles, identities }: PersonSubject): Promise<string[]> {
    if (profiles.length === 0) return [];
    const splits = await this.history.merges.find({ into: { $in: profiles }, undoneBy: givenUp }).toArray();
    const found = await this.store.byIds(unique(splits.map(({ absorbed }) => absorbed)));
    return [...found.values()].filter(({ ids }) => ids.some((id) => identities.includes(id))).map(({ _id }) => _id);
  }

  /** Profiles, or those that they were merged into. */
  private async survivorsOf(ids: string[]): Promise<StoredProfile[]> {
    return unique([...(await this.store.survivorsOf(unique(ids))).values()]);
  }

  private async subjectOf(profiles: string[], identities: IdentityKey[]): Promise<PersonSubject> {
    const subject = { profiles: unique(profiles), identities: unique(identities).sort() };
    const [stored, consents] = await Promise.all([
      this.store.byIds(subject.profiles),
      this.consents.find({ identity: { $in: subject.identities } }, { projection: { 'said.k': 1 } }).toArray(),
    ]);
    const records = [
      ...[...stored.values()].flatMap((profile) => profile.parts.map(({ k }) => k)),
      ...consents.flatMap(({ said }) => said.map(({ k }) => k)),
    ].filter((record) => !record.startsWith('millrace/'));
    return { ...subject, records: unique(records).sort() };
  }

  private async known(look: () => Promise<ProfileView>): Promise<ProfileView | undefined> {
    try {
      return await look();
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found') return undefined;
      throw error;
    }
  }
}

/** As it may be stored: also a number from when the policy did not tell its country. */
function everyReading(identity: IdentityKey, rules: IdentityRules): IdentityKey[] {
  return withNationalNumbers(readingsOf(identity, rules), rules.policy);
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
