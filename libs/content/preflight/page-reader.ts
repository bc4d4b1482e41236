import { type Profiles, type Person } from '#profiles';
import type { Needs } from '../compose/index.ts';

export interface PageReaderOptions<Kept, T> {
  audience: string | null;
  needs: Needs;
  size: number;
  /** What is kept of somebody who was just read: pages wait, and people are many objects. */
  keep: (person: Person) => Kept;
  /** What is made of a page. */
  ready: (kept: Kept[]) => Promise<T[]>;
}

export interface ReadPage<T> {
  data: T[];
  next: string | null;
}

/** Reads an audience page by page, always one ahead of whoever takes them. */
export class PageReader<Kept, T> {
  #ahead: { after: string | undefined; page: Promise<ReadPage<T>> } | undefined;

  constructor(
    private readonly profiles: Profiles,
    private readonly options: PageReaderOptions<Kept, T>,
  ) {}

  /** The page behind a cursor. */
  async take(after: string | undefined): Promise<ReadPage<T>> {
    const page = await (this.#ahead && this.#ahead.after === after ? this.#ahead.page : this.#read(after));
    if (page.next === null) this.#ahead = undefined;
    else {
      const ahead = { after: page.next, page: this.#read(page.next) };
      ahead.page.catch(() => undefined); // whoever takes it is told
      this.#ahead = ahead;
    }
    return page;
  }

  async #read(after: string | undefined): Promise<ReadPage<T>> {
    // What conditions see is what is sent; of the values nothing is kept.
    const { audience, needs, size, keep, ready } = this.options;
    const query = { after, limit: size, sight: 'unmasked' as const, with: { ...needs, origins: false } };
    const { data, next } = await this.profiles.mapPeople({ ...query, ...(audience !== null && { audience }) }, keep);
    return { data: await ready(data), next };
  }
}
