import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { derived, type Part } from '../folding/index.ts';
import { ProfileHistory, type StoredMerge } from '../history/index.ts';
import type { IdentityRules } from '../identity/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { dueAtOnce, ProfileStore, replaceVersion, type StoredProfile } from '../store/index.ts';
import { looseness } from './components.ts';
import { formersOf, holds, mergesInto, ownOf, signpostsTo, type Change, type Former } from './formers.ts';
import { shareOut, type Had } from './share-out.ts';
import { splitParts, type SplitParts } from './split-parts.ts';
import { movesOf, moveIdentities, writeSplit } from './write-split.ts';

const attempts = 8;
const longestChain = 20;

/** Names a merge: by its id, or by the id of the profile that it ended. */
export interface MergeRef {
  merge?: string;
  absorbed?: string;
}

/** Ids of the two people that there are again. */
export interface Unmerged {
  merge: string;
  kept: string;
  restored: string;
}

interface Splitting {
  /** The profile that has all of both. */
  holder: StoredProfile;
  formers: ReadonlyMap<string, Former>;
  ref: MergeRef;
  by: string;
}

/** Makes two people of one who had been merged wrongly. */
@Injectable()
export class Unmerger {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
  ) {}

  /**
   * Undoes a merge into `profile`; once more changes nothing. The two are kept apart from then on: rows that name both are about one of them.
   * One transaction over both, so that writers see all of it or nothing; events and orders follow (upkeep/split-chore.ts). Throws `merge_not_found`, `conflict`.
   */
  async unmerge(profile: StoredProfile, ref: MergeRef, by: string): Promise<Unmerged> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const merge = await this.mergeOf(profile, ref);
      if (merge.undoneAt) return resultOf(merge);
      const holder = await this.holderOf(merge.into);
      const formers = holder ? await formersOf(this.store, this.history, holder) : new Map<string, Former>();
      try {
        if (!holder || !formers.has(merge.absorbed)) throw notTogether();
        const done = await this.split(merge, { holder, formers, ref, by });
        if (done) return done;
      } catch (error) {
        const now = await this.mergeOf(profile, ref); // undone between the reads: they may be of different moments
        if (now.undoneAt) return resultOf(now);
        throw error;
      }
      await delay(Math.random() * 10 * 2 ** attempt);
    }
    throw new MillraceError('conflict', 'Others kept changing this person. Try again.', { retryable: true });
  }

  private async mergeOf({ _id, absorbed = [] }: StoredProfile, ref: MergeRef): Promise<StoredMerge> {
    const ids = [_id, ...absorbed];
    const named = ref.merge === undefined ? { absorbed: ref.absorbed } : { _id: ref.merge };
    const merge = await this.history.merges.findOne(
      { ...named, $or: [{ into: { $in: ids } }, { absorbed: { $in: ids } }] },
      { sort: { at: -1, _id: -1 } },
    );
    if (merge) return merge;
    throw new MillraceError(
      'merge_not_found',
      'This person has no such merge. GET /api/profiles/{id}/merges lists them.',
    );
  }

  private async holderOf(id: string): Promise<StoredProfile | undefined> {
    let next = id;
    for (let step = 0; step < longestChain; step++) {
      const profile = await this.store.profiles.findOne({ _id: next });
      if (!profile?.mergedInto) return profile ?? undefined;
      next = profile.mergedInto;
    }
    return undefined;
  }

  /** Undefined: somebody else was faster. */
  private async split(merge: StoredMerge, { holder, formers, ref, by }: Splitting): Promise<Unmerged | undefined> {
    const now = new Date();
    const { identities, priorityOf } = await this.settings.rules();
    const parts = splitParts(holder.parts, merge);
    const ids = idsOf(merge, holder, formers, parts, identities);
    // The ended profile stays merged, with this one: asked for again by its id, this merge would be undone next.
    if (ids.restored[0] === holder._id && ref.merge === undefined) throw ambiguous(merge);
    const change = (own: readonly Part[], [_id, ...absorbed]: readonly string[], apart: readonly string[]): Change => {
      const before = _id === holder._id ? holder : formers.get(_id ?? '')?.signpost;
      if (!before) throw notTogether();
      const said = derived(own, priorityOf);
      if (said.ids.length === 0) throw nobodyLeft();
      const after: StoredProfile = {
        _id: before._id,
        v: before.v + 1,
        parts: [...own],
        ids: said.ids,
        ...(said.name !== undefined && { name: said.name }),
        ...looseness(own, now),
        ...(absorbed.length > 0 && { absorbed: absorbed.sort() }),
        apart: [...new Set([...(holder.apart ?? []), ...apart])].sort(),
        ...dueAtOnce(before, now),
        createdAt: before.createdAt,
        updatedAt: now,
      };
      return { before, after };
    };
    const kept = change(parts.kept, ids.kept, [merge.absorbed]);
    const restored = change(parts.restored, ids.restored, [kept.after._id]);
    const people = [kept, restored];
    const signposts = people.flatMap(({ after }) => signpostsTo(after, formers));
    const merges = people.flatMap(({ after }) => mergesInto(after, formers, now));
    const ended = [...formers.values()].flatMap((former) => former.merge ?? []);
    const others = ended.filter((one) => one._id !== merge._id && !people.some(({ after }) => holds(after, one)));
    const undone = { undoneAt: now, undoneBy: by };
    const written = await writeSplit(this.store, async (session) => {
      for (const { before, after } of [...people, ...signposts])
        await replaceVersion(this.store, before, after, session);
      for (const { after } of people)
        if (after._id !== holder._id) await moveIdentities(this.store, after, [holder._id], session);
      await this.history.note(
        people.flatMap(({ before, after }) => movesOf(before, after)),
        session,
      );
      if (merges.length > 0) await this.history.merges.insertMany(merges, { session });
      const those = { _id: { $in: others.map(({ _id }) => _id) } };
      if (others.length > 0) await this.history.merges.updateMany(those, { $set: undone }, { session });
      const due = { ...undone, activityDue: now };
      await this.history.merges.updateOne({ _id: merge._id }, { $set: due }, { session });
    });
    return written ? { merge: merge._id, kept: kept.after._id, restored: restored.after._id } : undefined;
  }
}

/**
 * Who goes on under which id, the one that leads first. The two of the merge get theirs back, and everybody who was merged with either goes where most of
 * their records are; so does the profile that has all of it, where a later merge made it that.
 */
function idsOf(
  { into, absorbed, formerly }: StoredMerge,
  holder: StoredProfile,
  formers: ReadonlyMap<string, Former>,
  parts: SplitParts,
  rules: IdentityRules,
): Record<keyof SplitParts, string[]> {
  const back = new Set([absorbed, ...formerly.filter((id) => formers.has(id))]);
  const merges = [...formers.values()].flatMap(({ merge }) => merge ?? []).sort((x, y) => Number(x.at) - Number(y.at));
  const own = ownOf(holder, merges);
  const open = new Map<string, Had>(merges.map((merge) => [merge.absorbed, merge]));
  if (own) open.set(holder._id, own);
  for (const id of [into, ...back]) open.delete(id);
  const all = { parts: parts.kept.map(({ k }) => k), ids: [] };
  const [, gone] = shareOut(into, [parts.kept, parts.restored], all, open, rules);
  for (const id of gone?.ids ?? []) back.add(id);
  const staying = new Set([into, holder._id, ...(holder.absorbed ?? [])].filter((id) => !back.has(id)));
  const leadFirst = (ids: ReadonlySet<string>): string[] =>
    ids.has(holder._id) ? [...new Set([holder._id, ...ids])] : [...ids];
  return { kept: leadFirst(staying), restored: leadFirst(back) };
}

function resultOf({ _id, into, absorbed }: StoredMerge): Unmerged {
  return { merge: _id, kept: into, restored: absorbed };
}

function notTogether(): MillraceError {
  return new MillraceError(
    'conflict',
    'The two are not one person any more: a later merge or a removal came between. Read the merges again.',
  );
}

function ambiguous({ _id, absorbed }: StoredMerge): MillraceError {
  return new MillraceError(
    'conflict',
    `Profile ${absorbed} was merged several times. Name this merge by its id: { "merge": "${_id}" }.`,
  );
}

function nobodyLeft(): MillraceError {
  return new MillraceError(
    'conflict',
    'The merge cannot be undone: one of the two would have no identity left. Correct or remove their records in the source first.',
  );
}
