/** Rows of a page that are about one person, because they share an identity, a source record or a known profile. */
export interface Group {
  rows: readonly number[];
  /** Ids of known profiles; several: the rows join them. */
  profiles: readonly string[];
}

interface JoinedRows {
  rows: number[];
  profiles: string[];
  tokens: string[];
}

/** Puts rows together that share a token, directly or through others (union-find with relabelling of the smaller side). */
export class Groups {
  readonly #byToken = new Map<string, JoinedRows>();
  readonly #groups = new Set<JoinedRows>();

  /** `profiles` are tokens too. */
  add(row: number, tokens: readonly string[], profiles: readonly string[]): void {
    const known = this.#joined(profiles, this.#joined(tokens));
    if (!known) {
      const group = { rows: [row], profiles: [...profiles], tokens: [...tokens, ...profiles] };
      this.#groups.add(group);
      for (const token of group.tokens) this.#byToken.set(token, group);
      return;
    }
    known.rows.push(row);
    for (const token of tokens) this.#claim(known, token);
    for (const profile of profiles) if (this.#claim(known, profile)) known.profiles.push(profile);
  }

  /** The one group that has all who know one of the tokens. */
  #joined(tokens: readonly string[], group?: JoinedRows): JoinedRows | undefined {
    let joined = group;
    for (const token of tokens) {
      const other = this.#byToken.get(token);
      if (other && other !== joined) joined = joined ? this.#join(joined, other) : other;
    }
    return joined;
  }

  all(): Group[] {
    return [...this.#groups];
  }

  #claim(group: JoinedRows, token: string): boolean {
    if (this.#byToken.has(token)) return false;
    this.#byToken.set(token, group);
    group.tokens.push(token);
    return true;
  }

  #join(a: JoinedRows, b: JoinedRows): JoinedRows {
    const [larger, smaller] = a.tokens.length >= b.tokens.length ? [a, b] : [b, a];
    for (const token of smaller.tokens) this.#byToken.set(token, larger);
    larger.tokens.push(...smaller.tokens);
    larger.profiles.push(...smaller.profiles);
    larger.rows = [...larger.rows, ...smaller.rows].sort((x, y) => x - y);
    this.#groups.delete(smaller);
    return larger;
  }
}
