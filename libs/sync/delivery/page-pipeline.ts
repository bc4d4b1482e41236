import { endedOrAborted } from './ended-or-aborted.ts';

/** Pages that are written at the same time and finished in the order in which they began; after one that failed, none is finished. */
export class PagePipeline {
  readonly #underway = new Map<Promise<void>, ReadonlySet<string>>();
  #last: Promise<void> = Promise.resolve();
  #failure?: { error: unknown };

  /** So many pages at most, and no more than so many keys of theirs, unless one page alone has more. */
  constructor(
    private readonly pages: number,
    private readonly keys = Infinity,
  ) {}

  get isEmpty(): boolean {
    return this.#underway.size === 0;
  }

  /** Resolves when there is room for a page with these keys, none of which is underway already. Throws what a former page failed with. */
  async roomFor(keys: ReadonlySet<string>): Promise<void> {
    if (this.#shares(keys)) await Promise.all(this.#underway.keys());
    while (!this.#hasRoom(keys.size)) await Promise.race(this.#underway.keys());
    if (this.#failure) await this.drain();
  }

  begin<T>(keys: ReadonlySet<string>, work: Promise<T>, finish: (result: T) => Promise<void>): void {
    const former = this.#last;
    this.#last = inOrder(former, work, finish);
    const underway = this.#last
      .catch((error: unknown) => void (this.#failure ??= { error }))
      .then(() => void this.#underway.delete(underway));
    this.#underway.set(underway, keys);
  }

  /** Resolves when every page is finished. Throws what the first one failed with; the pipeline can be used again then. */
  async drain(): Promise<void> {
    await Promise.all(this.#underway.keys());
    const failure = this.#failure;
    if (!failure) return;
    this.#failure = undefined;
    this.#last = Promise.resolve();
    throw failure.error;
  }

  quiet(signal: AbortSignal): Promise<void> {
    return endedOrAborted(this.#underway.keys(), signal);
  }

  #hasRoom(more: number): boolean {
    const sizes = [...this.#underway.values()].map(({ size }) => size);
    if (sizes.length === 0) return true;
    return sizes.length < this.pages && sizes.reduce((sum, size) => sum + size, more) <= this.keys;
  }

  #shares(keys: ReadonlySet<string>): boolean {
    for (const underway of this.#underway.values()) {
      for (const key of keys) if (underway.has(key)) return true;
    }
    return false;
  }
}

async function inOrder<T>(
  former: Promise<void>,
  work: Promise<T>,
  finish: (result: T) => Promise<void>,
): Promise<void> {
  const result = await work;
  await former;
  await finish(result);
}
