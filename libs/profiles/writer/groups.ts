/** Rows of a page that are about one person, because they share an identity, a source record or a known profile. */
export interface Group {
  rows: number[];
  /** Ids of known profiles; several: the rows join them. */
  profiles: string[];
  tokens: string[];
}

/** Puts rows together that share a token, directly or through others (union-find with relabelling of the smaller side). */
export class Groups {
  readonly #byToken = new Map<string, Group>();
  readonly #groups = new Set<Group>();

  /** `profiles` are tokens too. */
  add(row: number, tokens: readonly string[], profiles: readonly string[]): void {
    let group: Group | undefined;
    for (const token of [...tokens, ...profiles]) {
      const other = this.#byToken.get(token);
      if (!other || other === group) continue;
      group = group ? this.#join(group, other) : other;
    }
    if (!group) {
      group = { rows: [], profiles: [], tokens: [] };
      this.#groups.add(group);
    }
    group.rows.push(row);
    for (const token of tokens) this.#claim(group, token);
    for (const profile of profiles) if (this.#claim(group, profile)) group.profiles.push(profile);
  }

  all(): Group[] {
    return [...this.#groups];
  }

  #claim(group: Group, token: string): boolean {
    if (this.#byToken.has(token)) return false;
    this.#byToken.set(token, group);
    group.tokens.push(token);
    return true;
  }

  #join(a: Group, b: Group): Group {
    const [larger, smaller] = a.tokens.length >= b.tokens.length ? [a, b] : [b, a];
    for (const token of smaller.tokens) this.#byToken.set(token, larger);
    larger.tokens.push(...smaller.tokens);
    larger.profiles.push(...smaller.profiles);
    larger.rows = [...larger.rows, ...smaller.rows].sort((x, y) => x - y);
    this.#groups.delete(smaller);
    return larger;
  }
}
