import type { Json } from '@millrace/sdk';

/** What a feed said at one URL, or why it said nothing. */
export interface RecentAnswer {
  value?: Json;
  hash: string;
  at: Date;
  /** Of the value, as JSON. */
  size: number;
  /** Milliseconds since 1970. */
  until: number;
  why?: string;
}

const mostAnswers = 5000;
const mostLetters = 16_000_000;

/**
 * Answers by URL, bounded in number and size; the one that was longest not asked for goes first. In memory alone: what feeds say of a
 * person is stored nowhere.
 */
export class RecentAnswers {
  readonly #answers = new Map<string, RecentAnswer>();
  #letters = 0;

  get(key: string): RecentAnswer | undefined {
    const found = this.#answers.get(key);
    if (!found) return undefined;
    this.#answers.delete(key);
    if (found.until <= Date.now()) {
      this.#letters -= found.size;
      return undefined;
    }
    this.#answers.set(key, found);
    return found;
  }

  keep(key: string, answer: RecentAnswer): void {
    this.#letters += answer.size - (this.#answers.get(key)?.size ?? 0);
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const [oldest, { size }] of this.#answers) {
      if ((this.#answers.size <= mostAnswers && this.#letters <= mostLetters) || oldest === key) return;
      this.#answers.delete(oldest);
      this.#letters -= size;
    }
  }
}
