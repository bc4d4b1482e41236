import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { derived, type Part } from '../folding/index.ts';
import { ProfileHistory, type StoredMerge } from '../history/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { dueAtOnce, ProfileStore, replaceVersion, type StoredProfile } from '../store/index.ts';
import { looseness } from './components.ts';
import { splitParts } from './split-parts.ts';
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
      if (merge.undoneAt) return resultOf(merge, merge.into);
      const [holder, signpost] = await Promise.all([
        this.holderOf(merge.into),
        this.store.profiles.findOne({ _id: merge.absorbed }),
      ]);
      try {
        if (!holder || !signpost?.mergedInto) throw notTogether();
        if (await this.split(merge, holder, signpost, by)) return resultOf(merge, holder._id);
      } catch (error) {
        const now = await this.mergeOf(profile, ref); // undone between the reads: they may be of different moments
        if (now.undoneAt) return resultOf(now, now.into);
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

  /** False: somebody else was faster. */
  private async split(
    merge: StoredMerge,
    holder: StoredProfile,
    signpost: StoredProfile,
    by: string,
  ): Promise<boolean> {
    const now = new Date();
    const { priorityOf } = await this.settings.rules();
    const parts = splitParts(holder.parts, merge);
    const beside = (own: readonly Part[]) => {
      const { ids, name } = derived(own, priorityOf);
      if (ids.length === 0) throw nobodyLeft();
      return { ids, ...(name !== undefined && { name }) };
    };
    const { name: _, absorbed = [], apart = [], looseAt: __, ...same } = holder;
    const [left, gone] = [beside(parts.kept), beside(parts.restored)];
    const formerly = merge.formerly.filter((id) => absorbed.includes(id)); // others may have been given back since
    const others = absorbed.filter((id) => id !== merge.absorbed && !formerly.includes(id));
    const kept: StoredProfile = {
      ...same,
      v: holder.v + 1,
      parts: parts.kept,
      ...left,
      ...looseness(parts.kept, now),
      ...(others.length > 0 && { absorbed: others }),
      apart: [...new Set([...apart, merge.absorbed])].sort(),
      ...dueAtOnce(holder, now),
      updatedAt: now,
    };
    const restored: StoredProfile = {
      _id: signpost._id,
      v: signpost.v + 1,
      parts: parts.restored,
      ...gone,
      ...looseness(parts.restored, now),
      ...(formerly.length > 0 && { absorbed: formerly }),
      apart: [...new Set([...apart, holder._id])].sort(),
      ...dueAtOnce(signpost, now),
      createdAt: signpost.createdAt,
      updatedAt: now,
    };
    return writeSplit(this.store, async (session) => {
      await replaceVersion(this.store, holder, kept, session);
      await replaceVersion(this.store, signpost, restored, session);
      await moveIdentities(this.store, restored, [holder._id], session);
      await this.history.note([...movesOf(holder, kept), ...movesOf(signpost, restored)], session);
      const undone = { undoneAt: now, undoneBy: by, activityDue: now };
      await this.history.merges.updateOne({ _id: merge._id }, { $set: undone }, { session });
    });
  }
}

function resultOf({ _id, absorbed }: StoredMerge, kept: string): Unmerged {
  return { merge: _id, kept, restored: absorbed };
}

function notTogether(): MillraceError {
  return new MillraceError(
    'conflict',
    'The two are not one person any more: a later merge or a removal came between. Read the merges again.',
  );
}

function nobodyLeft(): MillraceError {
  return new MillraceError(
    'conflict',
    'The merge cannot be undone: one of the two would have no identity left. Correct or remove their records in the source first.',
  );
}
