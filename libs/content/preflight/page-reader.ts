import type { List } from '#platform';
import type { Person, Profiles, Sight } from '#profiles';
import type { Needs } from '../compose/index.ts';

export interface PageReaderOptions<Kept, T> {
  audience: string | null;
  sight: Sight;
  needs: Needs;
  size: number;
  /** What is kept of somebody who was just read: pages wait, and people are many objects. */
  keep: (person: Person) => Kept;
  /** What is made of a page. */
  ready: (kept: Kept[]) => Promise<T[]>;
}

/** A page that is read, or was. */
interface Reading<T> {
  after: string | undefined;
  /** Known before the page is ready: the one behind it need not wait. */
  next: Promise<string | null>;
  page: Promise<List<T>>;
}

/** Pages that wait, at most. */
const pagesAhead = 2;

/** Reads an audience page by page, ahead of whoever takes them. */
export class PageReader<Kept, T> {
  /** The page that was taken last. */
  #taken: Reading<T> | undefined;
  #ahead: Reading<T>[] = [];
  /** The page whose successor is waited for. */
  #followed: Reading<T> | undefined;

  constructor(
    private readonly profiles: Profiles,
    private readonly options: PageReaderOptions<Kept, T>,
  ) {}

  /** The page behind a cursor. */
  take(after: string | undefined): Promise<List<T>> {
    const [first, ...others] = this.#ahead;
    const isAhead = first !== undefined && first.after === after;
    const taken = isAhead ? first : this.#read(after);
    this.#taken = taken;
    this.#ahead = isAhead ? others : [];
    this.#follow();
    return taken.page;
  }

  #follow(): void {
    const last = this.#last;
    if (!last || last === this.#followed || this.#ahead.length >= pagesAhead) return;
    this.#followed = last;
    last.next.then(
      (next) => {
        if (last === this.#followed) this.#followed = undefined;
        if (next === null || last !== this.#last) return;
        this.#ahead.push(this.#read(next));
        this.#follow();
      },
      () => undefined, // whoever takes the page is told
    );
  }

  get #last(): Reading<T> | undefined {
    return this.#ahead.at(-1) ?? this.#taken;
  }

  #read(after: string | undefined): Reading<T> {
    const { audience, sight, needs, size, keep, ready } = this.options;
    const query = { after, limit: size, sight, with: { ...needs, origins: false } };
    const reading = this.profiles.mapPeople({ ...query, ...(audience !== null && { audience }) }, keep);
    const page = reading.then(async ({ data, next }) => ({ data: await ready(data), next }));
    const behind = reading.then(({ next }) => next);
    for (const one of [page, behind]) one.catch(() => undefined); // whoever takes the page is told
    return { after, next: behind, page };
  }
}
