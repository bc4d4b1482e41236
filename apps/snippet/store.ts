/** Texts that survive the page: in localStorage, or, where a browser refuses that, as long as the page lives. */
export class Store {
  readonly #kept = new Map<string, string>();

  constructor(readonly prefix: string) {}

  get(name: string): string | null {
    const key = this.prefix + name;
    return this.#kept.get(key) ?? this.#try((storage) => storage.getItem(key)) ?? null;
  }

  set(name: string, value: string): void {
    const key = this.prefix + name;
    const isStored = this.#try((storage) => {
      storage.setItem(key, value);
      return true;
    });
    if (isStored) this.#kept.delete(key);
    else this.#kept.set(key, value); // full, or forbidden
  }

  remove(name: string): void {
    const key = this.prefix + name;
    this.#kept.delete(key);
    this.#try((storage) => storage.removeItem(key));
  }

  /** Names that begin so, sorted. */
  names(start: string): string[] {
    const keys = [...this.#kept.keys(), ...(this.#try((storage) => Object.keys(storage)) ?? [])];
    const begin = this.prefix + start;
    const names = keys.filter((key) => key.startsWith(begin)).map((key) => key.slice(this.prefix.length));
    return [...new Set(names)].sort();
  }

  clear(): void {
    for (const name of this.names('')) this.remove(name);
  }

  #try<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(localStorage);
    } catch {
      return undefined; // the mere mention throws where storage is forbidden
    }
  }
}
