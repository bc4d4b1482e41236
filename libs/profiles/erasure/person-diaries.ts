/** What is written about a person by profile id, beside the profile: erased with it, and part of an export where it says something. */
export interface PersonDiary {
  collection: string;
  /** The field that names the profile. */
  by: string;
  /** The section of an export; absent: working data. */
  section?: string;
}

export const personDiaries: readonly PersonDiary[] = [
  { collection: 'part_history', by: 'p', section: 'history' },
  { collection: 'merges', by: 'into', section: 'merges' },
  { collection: 'merges', by: 'absorbed' },
  { collection: 'audience_changes', by: 'profile', section: 'audience changes' },
  { collection: 'due_profiles', by: '_id' },
];
