import { type Profiles, type Person } from '#profiles';
import type { Needs } from '../compose/index.ts';

export interface PageReaderOptions<T> {
  audience: string | null;
  needs: Needs;
  size: number;
  /** What is kept of a page's people, right after they were read: a page ahead waits, and people are many objects. */
  keep: (people: Person[]) => Promise<T[]>;
}

export interface KeptPage<T> {
  data: T[];
  next: string | null;
}

/** Reads an audience page by page, always one ahead of whoever takes them. */
export class PageReader<T> {
  #ahead: { after: string | undefined; page: Promise<KeptPage<T>> } | undefined;

  constructor(
    private readonly profiles: Profiles,
    private readonly options: PageReaderOptions<T>,
  ) {}

  /** The page behind a cursor. */
  async take(after: string | undefined): Promise<KeptPage<T>> {
    const page = await (this.#ahead && this.#ahead.after === after ? this.#ahead.page : this.#read(after));
    if (page.next === null) this.#ahead = undefined;
    else {
      const ahead = { after: page.next, page: this.#read(page.next) };
      ahead.page.catch(() => undefined); // whoever takes it is told
      this.#ahead = ahead;
    }
    return page;
  }

  async #read(after: string | undefined): Promise<KeptPage<T>> {
    // What conditions see is what is sent; of the values nothing is kept.
    const { audience, needs, size, keep } = this.options;
    const query = { after, limit: size, sight: 'unmasked' as const, with: { ...needs, origins: false } };
    const { data, next } = await this.profiles.people({ ...query, ...(audience !== null && { audience }) });
    return { data: await keep(data), next };
  }
}
