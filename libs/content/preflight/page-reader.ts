import type { List } from '#platform';
import { type Profiles, type Person } from '#profiles';
import type { Needs } from '../compose/index.ts';

type Page = List<Person>;

/** Reads an audience page by page, always one ahead of whoever takes them. */
export class PageReader {
  #ahead: { after: string | undefined; page: Promise<Page> } | undefined;

  constructor(
    private readonly profiles: Profiles,
    private readonly audience: string | null,
    private readonly needs: Needs,
    private readonly size: number,
  ) {}

  /** The page behind a cursor. */
  async take(after: string | undefined): Promise<Page> {
    const page = await (this.#ahead && this.#ahead.after === after ? this.#ahead.page : this.#read(after));
    if (page.next === null) this.#ahead = undefined;
    else {
      const ahead = { after: page.next, page: this.#read(page.next) };
      ahead.page.catch(() => undefined); // whoever takes it is told
      this.#ahead = ahead;
    }
    return page;
  }

  #read(after: string | undefined): Promise<Page> {
    // What conditions see is what is sent; of the values nothing is kept.
    const { audience, needs, size } = this;
    const query = { after, limit: size, sight: 'unmasked' as const, with: { ...needs, origins: false } };
    return this.profiles.people({ ...query, ...(audience !== null && { audience }) });
  }
}
