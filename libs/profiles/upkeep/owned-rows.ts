import type { CompiledMeasure } from '../measures/index.ts';
import type { Collection, Filter, StoredProfile } from '../store/index.ts';

/** Orders and events keep the id of the profile that they were first given. */
interface OwnedRow {
  _id: string;
  p?: string;
  at?: Date;
}

/** Reads what belongs to people, a bounded number of rows each. */
export class OwnedRows {
  /** People with more rows than were to be read; the rest of theirs was skipped. */
  readonly tooMany = new Set<string>();
  readonly #owners: ReadonlyMap<string, string>;

  constructor(
    people: readonly Pick<StoredProfile, '_id' | 'absorbed'>[],
    private readonly now: Date,
    private readonly most: number,
  ) {
    this.#owners = new Map(people.flatMap(({ _id, absorbed = [] }) => [_id, ...absorbed].map((id) => [id, _id])));
  }

  /** By profile, along the index; a person who has too many is left behind at once. */
  async read<T extends OwnedRow>(
    collection: Collection<T>,
    measures: readonly CompiledMeasure[],
    take: (owner: string, row: T) => void,
  ): Promise<void> {
    if (measures.length === 0) return;
    const since = sinceOf(measures, this.now);
    const counts = new Map<string, number>();
    let open: string[] | undefined = [...this.#owners.keys()].sort();
    while (open && open.length > 0) open = await this.#readFrom(collection, open, since, counts, take);
  }

  /** Gives the profiles that are still to be read. */
  async #readFrom<T extends OwnedRow>(
    collection: Collection<T>,
    profiles: string[],
    since: Date | undefined,
    counts: Map<string, number>,
    take: (owner: string, row: T) => void,
  ): Promise<string[] | undefined> {
    const filter = { p: { $in: profiles }, ...(since && { at: { $gte: since } }) } as unknown as Filter<T>;
    const cursor = collection.find<T>(filter, { sort: { p: 1, at: -1 }, batchSize: 1_000 });
    for await (const row of cursor) {
      const profile = row.p ?? '';
      const owner = this.#owners.get(profile);
      if (owner === undefined) continue;
      const count = (counts.get(owner) ?? 0) + 1;
      counts.set(owner, count);
      if (count <= this.most) take(owner, row);
      else {
        this.tooMany.add(owner);
        return profiles.filter((id) => id > profile && this.#owners.get(id) !== owner);
      }
    }
    return undefined;
  }
}

/** No measure looks further back. */
function sinceOf(measures: readonly CompiledMeasure[], now: Date): Date | undefined {
  const longest = Math.max(...measures.map(({ within }) => within ?? Infinity));
  return longest === Infinity ? undefined : new Date(now.getTime() - longest);
}
