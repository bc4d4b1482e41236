import { Injectable } from '@nestjs/common';
import { ProfileHistory, type StoredPartChange } from '../history/index.ts';
import { ProfileStore, type Filter, type StoredProfile } from '../store/index.ts';
import type { PersonSubject } from './person-subject.ts';

const mostPeople = 1_000;

/** What of a person stands with others who were one with them for a while: the history of these has their records, and parts note whose an identity is. */
@Injectable()
export class OnceTogether {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
  ) {}

  /** Before their merges are erased, which tell who the others are. Gives how many changes of the history had something of the person. */
  async erase({ profiles, identities, records }: PersonSubject): Promise<number> {
    const others = await this.othersOf(profiles);
    if (others.length === 0) return 0;
    const theirs = { $in: [...identities] };
    const { deletedCount } = await this.history.changes.deleteMany({ p: { $in: others }, k: { $in: [...records] } });
    let changed = 0;
    for (const list of ['before.i', 'before.x', 'i']) {
      const naming = { p: { $in: others }, [list]: theirs } as Filter<StoredPartChange>;
      changed += (await this.history.changes.updateMany(naming, { $pull: { [list]: theirs } })).modifiedCount;
    }
    const noting = { _id: { $in: others }, 'parts.x': theirs } as Filter<StoredProfile>;
    await this.store.profiles.updateMany(noting, { $pull: { 'parts.$[].x': theirs }, $inc: { v: 1 } });
    return deletedCount + changed;
  }

  private async othersOf(profiles: readonly string[]): Promise<string[]> {
    const known = new Set(profiles);
    for (let open = [...profiles]; open.length > 0 && known.size < mostPeople;) {
      const merges = await this.history.merges
        .find(
          { $or: [{ into: { $in: open } }, { absorbed: { $in: open } }] },
          { projection: { into: 1, absorbed: 1, people: 1 }, limit: mostPeople },
        )
        .toArray();
      const found = merges.flatMap(({ into, absorbed, people = [] }) => [into, absorbed, ...people]);
      open = [...new Set(found)].filter((id) => !known.has(id));
      for (const id of open) known.add(id);
    }
    return [...known].filter((id) => !profiles.includes(id));
  }
}
