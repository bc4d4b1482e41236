import { Injectable } from '@nestjs/common';
import { Causes } from '../causes/index.ts';
import { Membership, type StoredAudienceChange } from '../membership/index.ts';
import { ProfileStore, type BulkWrite, type StoredProfile } from '../store/index.ts';
import type { Chore } from './chore.ts';

const atATime = 1_000;
/** Milliseconds. Who was written so lately is of a load that goes on; what waits for longer than that is not to wait for loads any more. */
const lately = 2_000;
const longEnough = 60_000;
/** Of a version in an id: so that what is told at once is in the order of its versions. */
const digits = 10;

type Teller = Pick<StoredProfile, '_id' | 'v' | 'untold' | 'changedTraits'>;

/**
 * Appends entries and exits to `audience_changes`, and tells whoever waits for causes. They were written with the profile, so none is lost; their ids are derived, so none is there
 * twice, whatever is repeated.
 */
@Injectable()
export class TellChore implements Chore {
  readonly name = 'tell';
  readonly withoutDefinitions = true;

  constructor(
    private readonly store: ProfileStore,
    private readonly membership: Membership,
    private readonly causes: Causes,
  ) {}

  async isDue(): Promise<boolean> {
    return (await this.#untold(1)) !== undefined;
  }

  /** A load comes first, though not for ever: it has most of what there is to tell told after it. */
  async rest(now: Date): Promise<number> {
    const [oldest, newest] = await Promise.all([this.#untold(1), this.#untold(-1)]);
    if (!oldest || !newest || now.getTime() - newest.getTime() > lately) return 0;
    return now.getTime() - oldest.getTime() > longEnough ? 5 : 20;
  }

  async #untold(order: 1 | -1): Promise<Date | undefined> {
    const options = { projection: { untoldAt: 1 }, sort: { untoldAt: order } } as const;
    return (await this.store.profiles.findOne({ untoldAt: { $exists: true } }, options))?.untoldAt;
  }

  async step(): Promise<boolean> {
    const people = await this.store.profiles
      .find<Teller>(
        { untoldAt: { $exists: true } },
        { projection: { v: 1, untold: 1, changedTraits: 1 }, sort: { untoldAt: 1 }, limit: atATime },
      )
      .toArray();
    if (people.length === 0) return false;
    await this.causes.ofProfiles(people);
    const changes = people.flatMap(changesOf);
    await this.membership.append(changes);
    this.causes.written();
    await this.store.profiles.bulkWrite(told(people), { ordered: false });
    return people.length === atATime;
  }
}

function changesOf({ _id: profile, untold = [] }: Teller): Omit<StoredAudienceChange, 'recordedAt'>[] {
  return untold.map((change) => ({
    _id: `${profile}|${String(change.v).padStart(digits, '0')}${change.defined ? '|defined' : change.merged ? '|merged' : ''}`,
    profile,
    ...change,
  }));
}

/** Whoever has changed meanwhile has it told once more, which changes nothing. After a load most have the same version. */
function told(people: readonly Teller[]): BulkWrite<StoredProfile>[] {
  const update = { $unset: { untold: '', changedTraits: '', untoldAt: '' } } as const;
  return [...new Set(people.map(({ v }) => v))].map((v) => {
    const those = people.filter((person) => person.v === v).map(({ _id }) => _id);
    return { updateMany: { filter: { _id: { $in: those }, v }, update } };
  });
}
