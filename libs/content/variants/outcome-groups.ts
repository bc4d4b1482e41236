/** People whose mails have the same outcomes. */
export interface OutcomeGroup {
  /** Sorted. */
  outcomes: readonly string[];
  /** Of them the one with the smallest id. */
  profile: string;
  people: number;
}

/** Groups people by what their mails show. */
export class OutcomeGroups {
  readonly #groups = new Map<string, OutcomeGroup>();

  add(profile: string, outcomes: readonly string[]): void {
    const sorted = [...outcomes].sort();
    const key = sorted.join('\n');
    const known = this.#groups.get(key);
    if (!known) this.#groups.set(key, { outcomes: sorted, profile, people: 1 });
    else {
      known.people += 1;
      if (profile < known.profile) known.profile = profile;
    }
  }

  /** By profile. */
  list(): OutcomeGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.profile < b.profile ? -1 : 1));
  }
}
