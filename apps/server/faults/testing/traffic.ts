/** Counts what happens, so that a test can wait for it instead of for a time. */
export class Traffic {
  #count = 0;
  #waiting: { at: number; resolve: () => void }[] = [];

  get count(): number {
    return this.#count;
  }

  pass(): void {
    this.#count++;
    for (const { at, resolve } of this.#waiting) if (at <= this.#count) resolve();
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#count);
  }

  /** Resolves when so many more have passed. */
  next(more = 1): Promise<void> {
    return this.reaches(this.#count + more);
  }

  reaches(at: number): Promise<void> {
    return new Promise((resolve) => {
      if (at <= this.#count) resolve();
      else this.#waiting.push({ at, resolve });
    });
  }
}
