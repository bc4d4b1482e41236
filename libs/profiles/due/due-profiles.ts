import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { newId, writeUnordered } from '#platform';
import { Definitions, slowestWrite } from '../definitions/index.ts';
import type { Source } from '../measures/index.ts';
import { nativeCollection, type BulkWrite, type Collection } from '../store/index.ts';
import { dueProfileModel, type DueProfile } from './due-profile.schema.ts';

/** Whoever took long to measure rests so many times as long. */
const restFactor = 20;

const nothingDue = { $unset: { due: '' as const, open: '' as const } };

/** Who has to be measured anew. A crash of a writer at any moment leaves nobody behind. */
@Injectable()
export class DueProfiles {
  readonly #due: Collection<DueProfile>;

  constructor(
    @InjectModel(dueProfileModel) due: Model<DueProfile>,
    private readonly definitions: Definitions,
  ) {
    this.#due = nativeCollection<DueProfile>(due);
  }

  /**
   * Carries out a write of orders, events or consents. Where anything is measured of those, the people concerned are announced before it, and due
   * after it. `write` is given `concerns` then, for people of whom only the write itself tells.
   */
  async during<T>(
    sources: readonly Source[],
    announced: () => Promise<readonly (string | undefined)[]> | readonly (string | undefined)[],
    write: (concerns?: (profile: string | undefined) => void) => Promise<T>,
  ): Promise<T> {
    const derivation = await this.definitions.current();
    if (!sources.some((source) => derivation.measuresOf(source).length > 0)) return write();
    const writer = newId('w');
    const people = new Set((await announced()).filter((profile) => profile !== undefined));
    const waitedFor = new Date(Date.now() + slowestWrite);
    await this.#mark([...people], {
      $set: { token: writer, [`open.${writer}`]: waitedFor },
      $min: { due: waitedFor },
      $setOnInsert: { slow: false },
    });
    const written = await write((profile) => void (profile !== undefined && people.add(profile)));
    await this.#mark([...people], {
      $set: { token: newId('w'), due: new Date() },
      $unset: { [`open.${writer}`]: '' },
      $setOnInsert: { slow: false },
    });
    return written;
  }

  /** Has people measured. */
  async mark(profiles: readonly string[], due: Date): Promise<void> {
    await this.#mark(profiles, { $set: { token: newId('w'), due }, $setOnInsert: { slow: false } });
  }

  /** Has people measured on their own. */
  async slow(profiles: readonly string[], due: Date): Promise<void> {
    await this.#mark(profiles, { $set: { token: newId('w'), slow: true, due } });
  }

  /** Those that are due, longest first. */
  due(now: Date, limit: number): Promise<DueProfile[]> {
    return this.#due.find({ slow: false, due: { $lte: now } }, { sort: { due: 1 }, limit }).toArray();
  }

  async nextSlow(now: Date): Promise<DueProfile | undefined> {
    const rested = { $or: [{ rest: { $exists: false } }, { rest: { $lte: now } }] };
    return (await this.#due.findOne({ slow: true, due: { $lte: now }, ...rested }, { sort: { due: 1 } })) ?? undefined;
  }

  /**
   * What was due is done; whoever has an announced write still open stays due. Marks stay: MongoDB looks for one that is not there among all that were deleted lately,
   * which took milliseconds for each of those who were marked again.
   */
  async done(marks: readonly DueProfile[], now: Date): Promise<void> {
    if (marks.length === 0) return;
    await this.#due.bulkWrite(
      marks.map((mark): BulkWrite<DueProfile> => {
        const filter = { _id: mark._id, token: mark.token };
        const open = openUntil(mark, now);
        return { updateOne: { filter, update: open ? { $set: { due: open } } : nothingDue } };
      }),
      { ordered: false },
    );
  }

  /** Likewise, for somebody whose measuring took so many milliseconds. */
  async doneSlowly(mark: DueProfile, now: Date, took: number): Promise<void> {
    const open = openUntil(mark, now);
    const rest = { rest: new Date(now.getTime() + restFactor * took) };
    await this.#due.updateOne({ _id: mark._id }, { $set: rest });
    await this.#due.updateOne({ _id: mark._id, token: mark.token }, open ? { $set: { due: open } } : nothingDue);
  }

  async #mark(profiles: readonly string[], update: object): Promise<void> {
    let open = profiles;
    while (open.length > 0) {
      const operations = open.map((_id): BulkWrite<DueProfile> => ({
        updateOne: { filter: { _id }, update, upsert: true },
      }));
      // Of two that insert the same one, the loser finds it there.
      const lost = await writeUnordered(() => this.#due.bulkWrite(operations, { ordered: false }));
      open = open.filter((_, position) => lost.has(position));
    }
  }
}

/** Until when a writer that has not reported is waited for. */
function openUntil({ open = {} }: DueProfile, now: Date): Date | undefined {
  const times = Object.values(open).filter((until) => until > now);
  return times.length === 0 ? undefined : new Date(Math.max(...times.map(Number)));
}
