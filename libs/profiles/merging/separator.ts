import { Injectable, Optional } from '@nestjs/common';
import { newId } from '#platform';
import { Tombstones } from '#tombstones';
import { derived, type Part, type PriorityOf } from '../folding/index.ts';
import { givenUp, ProfileHistory, type StoredMerge } from '../history/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { dueAtOnce, ProfileStore, replaceVersion, type StoredProfile } from '../store/index.ts';
import { componentsOf } from './components.ts';
import { formersOf, holds, mergesInto, ownOf, signpostsTo, type Change, type Former } from './formers.ts';
import { shareOut, type Share } from './share-out.ts';
import { movesOf, moveIdentities, writeSplit } from './write-split.ts';

/** Makes several people of one whose records do not share identities any more. Unlike an unmerge, nobody is kept apart: a record may join them again. */
@Injectable()
export class Separator {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
    @Optional() private readonly tombstones?: Tombstones,
  ) {}

  /**
   * Takes the mark off a profile, and off it whoever is somebody else: one transaction, fenced by the version. False: somebody else was faster, or the
   * person is being erased, which needs all of them in their place.
   */
  async separate(profile: StoredProfile): Promise<boolean> {
    const { _id, v, parts } = profile;
    const components = componentsOf(parts);
    if (components.length < 2) {
      const { matchedCount } = await this.store.profiles.updateOne({ _id, v }, { $unset: { looseAt: '' } });
      return matchedCount > 0;
    }
    if (await this.#isErased(profile)) return false;
    const now = new Date();
    const { identities, priorityOf } = await this.settings.rules();
    const formers = await formersOf(this.store, this.history, profile);
    const merged = new Map([...formers].flatMap(([id, { merge }]) => (merge ? [[id, merge] as const] : [])));
    const shares = shareOut(_id, components, ownOf(profile, [...merged.values()]), merged, identities);
    const people = shares.map((share, index) =>
      index === 0
        ? remaining(profile, share, formers, priorityOf, now)
        : split(profile, share, formers, priorityOf, now),
    );
    return this.#write(profile, people, formers, now);
  }

  async #isErased(profile: StoredProfile): Promise<boolean> {
    const { tombstones } = this;
    const erased = await tombstones?.rowsAbout([profile], ({ ids }) => ids.flatMap((id) => tombstones.hashesOf(id)));
    return erased !== undefined && erased.size > 0;
  }

  #write(
    { _id: from, absorbed = [] }: StoredProfile,
    people: readonly Change[],
    formers: ReadonlyMap<string, Former>,
    now: Date,
  ): Promise<boolean> {
    const signposts = people.flatMap(({ after }) => signpostsTo(after, formers));
    const merges = people.flatMap(({ after }) => mergesInto(after, formers, now));
    const held = [...formers.values()].flatMap(({ merge }) => merge ?? []);
    const ended = held.filter((merge) => !people.some(({ after }) => holds(after, merge)));
    const since = people.slice(1).flatMap((one) => (one.before ? [] : wereOne(people[0] as Change, one.after, now)));
    const [first, ...others] = [...ended, ...since];
    const all = people.map(({ after }) => after._id);
    return writeSplit(this.store, async (session) => {
      for (const { before, after } of [...people, ...signposts])
        await replaceVersion(this.store, before, after, session);
      for (const { after } of people.slice(1)) await moveIdentities(this.store, after, [from, ...absorbed], session);
      await this.history.note(
        people.flatMap(({ before, after }) => movesOf(before, after)),
        session,
      );
      const made = [...merges, ...since];
      if (made.length > 0) await this.history.merges.insertMany(made, { session });
      const undone = { undoneAt: now, undoneBy: givenUp };
      const those = { _id: { $in: others.map(({ _id }) => _id) } };
      if (others.length > 0) await this.history.merges.updateMany(those, { $set: undone }, { session });
      if (first)
        await this.history.merges.updateOne(
          { _id: first._id },
          { $set: { ...undone, people: all, activityDue: now } },
          { session },
        );
    });
  }
}

function remaining(
  profile: StoredProfile,
  { ids, parts }: Share,
  formers: ReadonlyMap<string, Former>,
  priorityOf: PriorityOf,
  now: Date,
): Change {
  const { name: _, looseAt: __, absorbed = [], ...same } = profile;
  const kept = absorbed.filter((id) => !formers.get(id)?.merge || ids.includes(id));
  const nobodys = profile.parts.filter(({ i }) => i.length === 0);
  const after: StoredProfile = {
    ...same,
    v: profile.v + 1,
    ...sayingOf([...parts, ...nobodys], priorityOf),
    ...(kept.length > 0 && { absorbed: kept }),
    ...dueAtOnce(profile, now),
    updatedAt: now,
  };
  return { before: profile, after };
}

/** Somebody who goes on under an id that they had before, or is given one. */
function split(
  { apart, createdAt }: StoredProfile,
  { ids: [id, ...absorbed], parts }: Share,
  formers: ReadonlyMap<string, Former>,
  priorityOf: PriorityOf,
  now: Date,
): Change {
  const before = id === undefined ? undefined : formers.get(id)?.signpost;
  const after: StoredProfile = {
    _id: id ?? newId('p'),
    v: (before?.v ?? 0) + 1,
    ...sayingOf(parts, priorityOf),
    ...(absorbed.length > 0 && { absorbed }),
    ...(apart && { apart }),
    ...dueAtOnce(before ?? {}, now),
    createdAt: before?.createdAt ?? createdAt,
    updatedAt: now,
  };
  return { before, after };
}

function sayingOf(own: readonly Part[], priorityOf: PriorityOf): Pick<StoredProfile, 'parts' | 'ids' | 'name'> {
  const parts = [...own].sort((x, y) => (x.k < y.k ? -1 : 1));
  const { ids, name } = derived(parts, priorityOf);
  return { parts, ids, ...(name !== undefined && { name }) };
}

/** Somebody who was part of another from the beginning: as if merged then, so that the past is found under both ids. */
function wereOne(
  { before, after: into }: Change,
  { _id: absorbed, parts, ids }: StoredProfile,
  now: Date,
): StoredMerge {
  return {
    _id: newId('mrg'),
    into: into._id,
    absorbed,
    at: before?.createdAt ?? now,
    reason: { parts: [], identities: [], run: '' },
    parts: parts.map(({ k }) => k),
    ids,
    formerly: [],
    kept: into.parts.map(({ k }) => k),
  };
}
