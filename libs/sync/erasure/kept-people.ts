import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Json } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { Tombstones } from '#tombstones';
import { Collections } from '../collections.ts';
import type { Batch } from '../delivery/batch.schema.ts';
import type { Reject } from '../rejects/reject.schema.ts';
import { syncsOfRecords } from './syncs-of-records.ts';
import { textPattern } from './text-pattern.ts';

/** What the engine keeps of people for a while: rejects, rows on their way, and where slices stood. */
@Injectable()
export class KeptPeople {
  private readonly rejects: mongo.Collection<Reject>;
  private readonly batches: mongo.Collection<Batch>;

  constructor(
    private readonly collections: Collections,
    private readonly tombstones: Tombstones,
    @InjectModel('Reject') rejects: Model<Reject>,
    @InjectModel('Batch') batches: Model<Batch>,
  ) {
    this.rejects = plainCollection<Reject>(rejects);
    this.batches = plainCollection<Batch>(batches);
  }

  /** Rejects that hold an identity, or are of a source record. Gives how many there were. */
  async eraseRejects(identities: readonly string[], records: readonly string[]): Promise<number> {
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    let erased = (await this.rejects.deleteMany({ identities: { $in: hashes } })).deletedCount;
    for (const { sync, keys } of await syncsOfRecords(this.collections, records))
      erased += (await this.rejects.deleteMany({ sync: sync._id, key: { $in: keys } })).deletedCount;
    return erased;
  }

  /** The originals that were refused, for the person to read, each once: those that name the person, and those of source records, whose names come in pages. */
  async *exportRejects(identities: readonly string[], records: AsyncIterable<readonly string[]>): AsyncGenerator<Json> {
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    for await (const reject of this.rejects.find({ identities: { $in: hashes } })) yield originalOf(reject);
    const given = new Set<string>();
    for await (const page of records) {
      for (const { sync, keys } of await syncsOfRecords(this.collections, page)) {
        const others = { sync: sync._id, key: { $in: keys }, identities: { $nin: hashes } };
        for await (const reject of this.rejects.find(others)) {
          if (given.has(reject._id)) continue;
          given.add(reject._id);
          yield originalOf(reject);
        }
      }
    }
  }

  /**
   * Batches that hold one of the values and are not being delivered any more are removed. Gives how many still are: they are gone when their rows
   * have arrived, and are few at any time, so that looking through them is cheap.
   */
  async batchesLeft(values: readonly string[]): Promise<{ removed: number; open: number }> {
    const pattern = textPattern(values);
    if (!pattern) return { removed: 0, open: 0 };
    const holding = await this.batches.find({ content: pattern }, { projection: { run: 1 } }).toArray();
    if (holding.length === 0) return { removed: 0, open: 0 };
    const runs = [...new Set(holding.map(({ run }) => run))];
    const going = new Set(await this.collections.runs.distinct('_id', { _id: { $in: runs }, active: true }));
    const over = holding.filter(({ run }) => !going.has(run));
    if (over.length > 0) await this.batches.deleteMany({ _id: { $in: over.map(({ _id }) => _id) } });
    return { removed: over.length, open: holding.length - over.length };
  }

  /** Slices that are over need not say where they stood: it may be the key of a row. Gives how many said so. */
  async eraseFromSlices(values: readonly string[]): Promise<number> {
    const wanted = values.map((value) => JSON.stringify(value).slice(1, -1));
    let erased = 0;
    const over = this.collections.slices.find(
      {
        state: { $in: ['done', 'failed', 'cancelled'] },
        $or: [{ resume: { $type: [2, 3, 4] } }, { cursor: { $type: 2 } }, { stray: { $type: 2 } }],
      },
      { projection: { resume: 1, cursor: 1, stray: 1, spec: 1 } },
    );
    for await (const { _id, ...place } of over) {
      const text = JSON.stringify(place);
      if (!wanted.some((value) => text.includes(value))) continue;
      await this.collections.slices.updateOne(
        { _id },
        { $unset: { resume: '', cursor: '', stray: '' }, $set: { spec: null } },
      );
      erased++;
    }
    return erased;
  }
}

function originalOf({ sync, at, code, raw }: Reject): Json {
  return { sync, at: at.toISOString(), code, original: raw };
}
