import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { canonicalJson } from '../ids/index.ts';
import { againIfOvertaken, lostRace, Overtaken, plainCollection } from '../mongo/index.ts';
import type { StoredSetting } from './setting.schema.ts';

export interface Revision<T> {
  /** 0: the default. */
  revision: number;
  value: T;
  /** Absent of the default. */
  at?: Date;
  by?: string;
}

/** A setting of which every revision is kept. */
export class VersionedSetting<T extends object> {
  private readonly settings: mongo.Collection<StoredSetting>;

  constructor(
    model: Model<StoredSetting>,
    private readonly name: string,
    private readonly fallback: T,
  ) {
    this.settings = plainCollection<StoredSetting>(model);
  }

  async latest(): Promise<Revision<T>> {
    const found = await this.settings.findOne({ name: this.name }, { sort: { revision: -1 } });
    if (!found) return { revision: 0, value: this.fallback };
    const { revision, value, at, by } = found;
    return { revision, value: value as T, at, by };
  }

  /** The number of the latest one: all that whoever remembers the revisions has to ask. */
  async latestNumber(): Promise<number> {
    const newest = { sort: { revision: -1 }, projection: { revision: 1 } } as const;
    return (await this.settings.findOne({ name: this.name }, newest))?.revision ?? 0;
  }

  /** All there were, oldest first, the default included. */
  async all(): Promise<Revision<T>[]> {
    const found = await this.settings.find({ name: this.name }, { sort: { revision: 1 } }).toArray();
    const revisions = found.map(({ revision, value, at, by }) => ({ revision, value: value as T, at, by }));
    return [{ revision: 0, value: this.fallback }, ...revisions];
  }

  /**
   * The next revision; the same value again is the revision that there is. With `expected`, nobody else may have set it since that revision.
   * Throws `conflict`.
   */
  set(value: T, by: string, expected?: number): Promise<{ before: Revision<T>; after: Revision<T> }> {
    return againIfOvertaken(() => this.setOnce(value, by, expected));
  }

  /** Throws `conflict` where somebody has set it since the revision `expected`. */
  async refuseStale(expected: number | undefined): Promise<Revision<T>> {
    const latest = await this.latest();
    if (expected === undefined || expected === latest.revision) return latest;
    throw new MillraceError('conflict', setMeanwhile(latest.revision));
  }

  private async setOnce(value: T, by: string, expected?: number): Promise<{ before: Revision<T>; after: Revision<T> }> {
    const before = await this.refuseStale(expected);
    if (canonicalJson(before.value) === canonicalJson(value)) return { before, after: before };
    const after = { revision: before.revision + 1, value, at: new Date(), by };
    try {
      await this.settings.insertOne({ _id: `${this.name}/${after.revision}`, name: this.name, ...after });
    } catch (error) {
      if (lostRace(error)) throw new Overtaken(setMeanwhile(after.revision));
      throw error;
    }
    return { before, after };
  }
}

function setMeanwhile(revision: number): string {
  return `Somebody else has set revision ${revision} meanwhile. Read it, and try again.`;
}
