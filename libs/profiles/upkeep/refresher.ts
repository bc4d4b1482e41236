import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Causes } from '../causes/index.ts';
import type { Derivation } from '../definitions/index.ts';
import { foldParts } from '../folding/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { derivedOf, ProfileStore, type BulkWrite, type Derived, type StoredProfile } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import { Measurer } from './measurer.ts';

export interface Refreshed {
  /** They were changed by somebody else meanwhile, and are not refreshed. */
  lost: string[];
  /** They have more rows than were to be read, and are not refreshed. */
  tooMany: string[];
}

const derivedFields = ['measures', 'measuredUntil', 'aud', 'dueAt', 'untold', 'changedTraits', 'untoldAt'] as const;

/** Brings what is derived of people up to date with their orders, events and consents, and with the definitions. */
@Injectable()
export class Refresher {
  constructor(
    private readonly store: ProfileStore,
    private readonly measurer: Measurer,
    private readonly settings: ProfileSettings,
    private readonly sensitive: SensitiveTraits,
    private readonly causes: Causes,
  ) {}

  /** Measures anew and writes what changed, by the version that was read. @param most see `Measurer` */
  async refresh(
    people: readonly StoredProfile[],
    derivation: Derivation,
    now: Date,
    most?: number,
  ): Promise<Refreshed> {
    const here = people.filter(({ ids }) => ids.length > 0); // what merged ones had counts for the survivor
    const { measured, tooMany } = await this.measurer.measure(here, derivation, now, most);
    const { priorityOf } = await this.settings.rules();
    const open = await this.sensitive.opener();
    const changed = people.flatMap((person) => {
      if (tooMany.has(person._id)) return [];
      const { v, ids, parts, createdAt, absorbed } = person;
      const { traits } = foldParts(parts, priorityOf);
      const subject = { v: v + 1, ids, traits: open(traits), createdAt, before: person, absorbed };
      const after = derivation.onMeasured(subject, measured.get(person._id) ?? { values: {} }, now);
      return isDeepStrictEqual(after, derivedOf(person)) ? [] : [{ person, after }];
    });
    return { lost: await this.#write(changed, derivation, now), tooMany: [...tooMany] };
  }

  /** Gives those that somebody else changed meanwhile. */
  async #write(
    changed: { person: StoredProfile; after: Derived }[],
    derivation: Derivation,
    now: Date,
  ): Promise<string[]> {
    if (changed.length === 0) return [];
    const operations = changed.map(({ person, after }) => {
      const shows = !isDeepStrictEqual(shownOf(person, derivation), shownOf(after, derivation));
      return update(person, after, shows ? now : undefined);
    });
    const { matchedCount } = await this.store.profiles.bulkWrite(operations, { ordered: false });
    const lost = matchedCount === changed.length ? [] : await this.#lostOf(changed);
    await this.causes.ofProfiles(
      changed.flatMap(({ person: { _id }, after }) => (lost.includes(_id) ? [] : [{ _id, ...after }])),
    );
    return lost;
  }

  /** Those that do not have what was derived. Their versions do not tell: another writer raises them just as far. */
  async #lostOf(changed: readonly { person: StoredProfile; after: Derived }[]): Promise<string[]> {
    const now = await this.store.byIds(changed.map(({ person }) => person._id));
    return changed.flatMap(({ person: { _id }, after }) => {
      const profile = now.get(_id);
      return profile && isDeepStrictEqual(derivedOf(profile), after) ? [] : [_id];
    });
  }
}

/** What readers of the profile see of it. */
function shownOf({ measures, aud = [] }: Derived, derivation: Derivation): unknown {
  return [derivation.computed(measures), aud];
}

function update({ _id, v }: StoredProfile, after: Derived, updatedAt: Date | undefined): BulkWrite<StoredProfile> {
  const gone = derivedFields.filter((field) => after[field] === undefined);
  return {
    updateOne: {
      filter: { _id, v },
      update: {
        $set: { ...after, v: v + 1, ...(updatedAt && { updatedAt }) },
        ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }),
      },
    },
  };
}
