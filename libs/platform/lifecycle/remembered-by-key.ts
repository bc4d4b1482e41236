import { Remembered } from './remembered.ts';

/** What is remembered of each of some keys. Where keys come from outside they may be many: then all are forgotten. */
export class RememberedByKey<T> {
  readonly #known = new Map<string, Remembered<T>>();

  /** @param lag milliseconds until every process knows of a change  @param most keys at a time */
  constructor(
    private readonly lag: number,
    private readonly most: number,
    private readonly read: (key: string) => Promise<T>,
  ) {}

  get(key: string): Promise<T> {
    const known = this.#known.get(key);
    if (known) return known.get();
    if (this.#known.size >= this.most) this.#known.clear();
    const remembered = new Remembered(this.lag, () => this.read(key));
    this.#known.set(key, remembered);
    return remembered.get();
  }

  /** It was changed here: this process goes by it at once. */
  forget(key: string): void {
    this.#known.delete(key);
  }
}
