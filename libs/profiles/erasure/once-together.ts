import { Injectable } from '@nestjs/common';
import { ProfileHistory, type StoredPartChange } from '../history/index.ts';
import { ProfileStore, type Filter, type StoredProfile } from '../store/index.ts';
import type { PersonSubject } from './person-subject.ts';

const mostPeople = 1_000;

/**
 * What of a person stands with others: who was one with them for a while has their records in the history, and notes whose an identity is; who had one of their
 * identities by a record that was corrected has it in the history.
 */
@Injectable()
export class OnceTogether {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
  ) {}

  /** Before their merges are erased, which tell who the others are. Gives how many changes of the history had something of the person. */
  async erase(subject: PersonSubject): Promise<number> {
    let changed = await this.eraseFrom(await this.othersOf(subject.profiles), subject);
    for (let page = await this.formerOwners(subject); page.length > 0; page = await this.formerOwners(subject))
      changed += await this.eraseFrom(page, subject);
    return changed;
  }

  private async eraseFrom(others: readonly string[], { identities, records }: PersonSubject): Promise<number> {
    if (others.length === 0) return 0;
    const p = { $in: [...others] };
    const theirs = { $in: [...identities] };
    let changed = (await this.history.changes.deleteMany({ p, k: { $in: [...records] } })).deletedCount;
    for (const list of ['before.i', 'before.x', 'i']) {
      const naming = { p, [list]: theirs } as Filter<StoredPartChange>;
      changed += (await this.history.changes.updateMany(naming, { $pull: { [list]: theirs } })).modifiedCount;
    }
    const noting = { _id: p, 'parts.x': theirs } as Filter<StoredProfile>;
    await this.store.profiles.updateMany(noting, { $pull: { 'parts.$[].x': theirs }, $inc: { v: 1 } });
    return changed;
  }

  /** Those who gave one of the identities up, as far as their history still names it. */
  private async formerOwners({ identities }: PersonSubject): Promise<string[]> {
    const gaveUp = { 'before.i': { $in: [...identities] }, i: { $exists: true } } as Filter<StoredPartChange>;
    const found = this.history.changes.find(gaveUp, { projection: { p: 1 }, limit: mostPeople });
    return [...new Set((await found.toArray()).map(({ p }) => p))];
  }

  /** Whom profiles were one with at any time. */
  async othersOf(profiles: readonly string[]): Promise<string[]> {
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
