/** Milliseconds that a batch should take: far less than what it may. */
const wanted = 100;
const most = 200;

/** Does batches of some work, a few at a time, each about as long as wanted. */
export class Batches<T> {
  readonly #underWay = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;
  #size = 25;
  #msEach = 0;

  constructor(
    private readonly together: number,
    private readonly work: (batch: T[]) => Promise<void>,
  ) {}

  /** Resolves when they are under way. @throws what a batch threw */
  async add(items: readonly T[]): Promise<void> {
    for (let start = 0; start < items.length;) {
      while (this.#underWay.size >= this.together) await Promise.race(this.#underWay);
      this.#check();
      const batch = items.slice(start, (start += this.#size));
      const done: Promise<void> = this.#one(batch)
        .catch((error: unknown) => void (this.#failure ??= { error }))
        .finally(() => this.#underWay.delete(done));
      this.#underWay.add(done);
    }
  }

  /** Resolves when all have ended. @throws what a batch threw */
  async done(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#check();
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async #one(batch: T[]): Promise<void> {
    const began = performance.now();
    await this.work(batch);
    const each = (performance.now() - began) / batch.length;
    this.#msEach = this.#msEach === 0 ? each : (this.#msEach * 3 + each) / 4;
    this.#size = Math.max(1, Math.min(most, Math.round(wanted / this.#msEach), this.#size * 2));
  }
}
