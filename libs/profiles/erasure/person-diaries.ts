import type { Traits } from '../folding/index.ts';
import { changeView, mergeView, recordView } from '../people/index.ts';
import type { StoredMerge, StoredPartChange } from '../history/index.ts';
import type { StoredAudienceChange } from '../membership/index.ts';
import { isEntered } from '../store/index.ts';

/** How a person is shown what is kept, in an export. */
export interface DiarySection {
  section: string;
  /** @param open gives sensitive values as they were told */
  view: (document: never, open: (traits: Traits) => Traits) => object;
}

/** What is written about a person by profile id, beside the profile: erased with it, and part of an export where it says something. */
export interface PersonDiary {
  collection: string;
  /** The field that names the profile. */
  by: string;
  /** Absent: working data. */
  exported?: DiarySection;
}

export const personDiaries: readonly PersonDiary[] = [
  {
    collection: 'part_history',
    by: 'p',
    exported: {
      section: 'history',
      view: (change: StoredPartChange, open) => {
        const before = change.before && { ...change.before, t: open(change.before.t) };
        return { at: change.at, ...changeView(change, open), before: before && recordView(before) };
      },
    },
  },
  { collection: 'merges', by: 'into', exported: { section: 'merges', view: (merge: StoredMerge) => mergeView(merge) } },
  { collection: 'merges', by: 'absorbed' },
  {
    collection: 'audience_changes',
    by: 'profile',
    exported: {
      section: 'audience changes',
      view: (change: StoredAudienceChange) => {
        const { at, profile, audiences, left = [] } = change;
        return { at, profile, entered: audiences.filter((audience) => isEntered(change, audience)), left };
      },
    },
  },
  { collection: 'due_profiles', by: '_id' },
];
