import { Injectable } from '@nestjs/common';
import { writeUnordered } from '#platform';
import { Causes } from '../causes/index.ts';
import { Membership, type StoredAudienceChange } from '../membership/index.ts';
import { ProfileStore, type BulkWrite, type StoredProfile } from '../store/index.ts';
import type { Chore } from './chore.ts';

const atATime = 1_000;

type Teller = Pick<StoredProfile, '_id' | 'v' | 'untold' | 'changedTraits'>;

/**
 * Appends entries and exits to `audience_changes`, and tells whoever waits for causes. They were written with the profile, so none is lost; their ids are derived, so none is there
 * twice, whatever is repeated.
 */
@Injectable()
export class TellChore implements Chore {
  readonly name = 'tell';
  readonly rest = 5;
  readonly withoutDefinitions = true;

  constructor(
    private readonly store: ProfileStore,
    private readonly membership: Membership,
    private readonly causes: Causes,
  ) {}

  async isDue(): Promise<boolean> {
    return (await this.store.profiles.findOne({ untoldAt: { $exists: true } }, { projection: { _id: 1 } })) !== null;
  }

  async step(now: Date): Promise<boolean> {
    const people = await this.store.profiles
      .find<Teller>(
        { untoldAt: { $exists: true } },
        { projection: { v: 1, untold: 1, changedTraits: 1 }, sort: { untoldAt: 1 }, limit: atATime },
      )
      .toArray();
    if (people.length === 0) return false;
    await this.causes.ofProfiles(people);
    const changes = people.flatMap((person) => changesOf(person, now));
    if (changes.length > 0) await writeUnordered(() => this.membership.changes.insertMany(changes, { ordered: false }));
    this.causes.written();
    await this.store.profiles.bulkWrite(people.map(told), { ordered: false });
    return people.length === atATime;
  }
}

function changesOf({ _id: profile, untold = [] }: Teller, recordedAt: Date): StoredAudienceChange[] {
  return untold.map(({ audience, entered, v, at, defined }) => ({
    _id: `${profile}|${v}|${audience}`,
    audience,
    profile,
    entered,
    at,
    recordedAt,
    ...(defined && { defined }),
  }));
}

/** Whoever has changed meanwhile has it told once more, which changes nothing. */
function told({ _id, v }: Teller): BulkWrite<StoredProfile> {
  return { updateOne: { filter: { _id, v }, update: { $unset: { untold: '', changedTraits: '', untoldAt: '' } } } };
}
