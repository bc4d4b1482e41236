import { isStillGood } from './still-good.ts';

/** What each process reads again after a while; until then it goes by what it has read. */
export class Remembered<T> {
  #known?: { value: Promise<T>; until: number };

  /** @param lag milliseconds until every process knows of a change */
  constructor(
    private readonly lag: number,
    private readonly read: () => Promise<T>,
  ) {}

  get(): Promise<T> {
    if (this.#known && isStillGood(this.#known.until, this.lag, Date.now())) return this.#known.value;
    const known = { value: this.read(), until: Date.now() + this.lag };
    this.#known = known;
    known.value.catch(() => {
      if (this.#known === known) this.#known = undefined; // whoever asked is told; the next one asks again
    });
    return known.value;
  }

  /** It was changed here: this process goes by it at once. */
  forget(): void {
    this.#known = undefined;
  }
}
