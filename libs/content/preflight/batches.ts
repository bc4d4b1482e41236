/** Milliseconds that a batch should take: previews of a busy machine wait for no more, and a hanging row is found soon. */
const wanted = 150;
const most = 250;

/** Does batches of some work, a few at a time, each about as long as wanted. */
export class Batches<T> {
  #size = 25;
  #msEach = 0;

  constructor(
    private readonly together: number,
    private readonly work: (batch: T[]) => Promise<void>,
  ) {}

  /** Done when all items are. @throws whatever a batch threw, once those that are under way have ended */
  async all(items: readonly T[]): Promise<void> {
    const underWay = new Set<Promise<void>>();
    try {
      for (let start = 0; start < items.length;) {
        const batch = items.slice(start, (start += this.#size));
        const done: Promise<void> = this.#one(batch).finally(() => underWay.delete(done));
        underWay.add(done);
        if (underWay.size >= this.together) await Promise.race(underWay);
      }
      await Promise.all(underWay);
    } finally {
      await Promise.allSettled(underWay);
    }
  }

  async #one(batch: T[]): Promise<void> {
    const began = performance.now();
    await this.work(batch);
    const each = (performance.now() - began) / batch.length;
    this.#msEach = this.#msEach === 0 ? each : (this.#msEach * 3 + each) / 4;
    this.#size = Math.max(1, Math.min(most, Math.round(wanted / this.#msEach), this.#size * 2));
  }
}
