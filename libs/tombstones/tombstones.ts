import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, rejected, type Outcome } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import {
  identitiesIn,
  isStillGood,
  plainCollection,
  readingName,
  readingNames,
  Signer,
  spellingsOf,
  type EmailReading,
} from '#platform';
import { tombstoneModel, type KeptOptOut, type Tombstone } from './tombstone.schema.ts';

/** Milliseconds for which a process may not have heard of the very first tombstone: whoever erases waits longer before erasing. */
export const hearsOfTombstonesWithin = 2_000;

export interface Buried {
  identities: { identity: string; optOuts: KeptOptOut[] }[];
  /** Names of source records, see `recordName`. */
  records: string[];
  /** How addresses are read: whatever is read as one of theirs today is refused, also once it is read otherwise (default: as they are written). */
  emails?: EmailReading;
}

/** Who was erased and must not come back. While there is no tombstone at all, asking costs one small read every two seconds. */
@Injectable()
export class Tombstones {
  private readonly collection: mongo.Collection<Tombstone>;
  private heard?: { any: boolean; until: number };

  constructor(
    @InjectModel(tombstoneModel) model: Model<Tombstone>,
    private readonly signer: Signer,
  ) {
    this.collection = plainCollection<Tombstone>(model);
  }

  hashOf(identity: string): string {
    return this.signer.hmac('identity', identity);
  }

  /**
   * By which a tombstone of an identity may be known: those that were set before spellings were one name but one of them, others by how addresses were read
   * when they were set.
   */
  hashesOf(identity: string): string[] {
    return spellingsOf(identity).flatMap((spelling) =>
      [spelling, ...readingNames(spelling)].map((name) => this.hashOf(name)),
    );
  }

  hashOfRecord(record: string): string {
    return this.signer.hmac('record', record);
  }

  /** Likewise of the addresses and numbers in a JSON text. */
  hashesIn(json: string): string[] {
    return identitiesIn(json).flatMap((identity) => this.hashesOf(identity));
  }

  /** Whether there are any, lifted ones included. */
  async any(): Promise<boolean> {
    const now = Date.now();
    if (!this.heard?.any && !isStillGood(this.heard?.until ?? 0, hearsOfTombstonesWithin, now)) {
      const one = await this.collection.findOne({}, { projection: { _id: 1 } });
      this.heard = { any: one !== null, until: now + hearsOfTombstonesWithin };
    }
    return this.heard?.any ?? false;
  }

  /** Which of some hashes are of erased people, by one read. */
  async among(hashes: Iterable<string>): Promise<Set<string>> {
    const wanted = [...new Set(hashes)];
    if (wanted.length === 0 || !(await this.any())) return new Set();
    const found = this.collection.find(
      { _id: { $in: wanted }, liftedAt: { $exists: false } },
      { projection: { _id: 1 } },
    );
    return new Set((await found.toArray()).map(({ _id }) => _id));
  }

  /** Which rows are about erased people. `hashes` of a row may be costly: they are made only while there are tombstones. */
  async rowsAbout<T>(rows: readonly T[], hashes: (row: T) => string[]): Promise<Set<T>> {
    if (rows.length === 0 || !(await this.any())) return new Set();
    const byRow = rows.map((row) => ({ row, hashes: hashes(row) }));
    const erased = await this.among(byRow.flatMap((entry) => entry.hashes));
    if (erased.size === 0) return new Set();
    return new Set(byRow.filter((entry) => entry.hashes.some((hash) => erased.has(hash))).map(({ row }) => row));
  }

  /** What identities had opted out of before they were erased, lifted tombstones included. */
  async optOutsOf(identities: readonly string[]): Promise<Map<string, KeptOptOut[]>> {
    if (identities.length === 0 || !(await this.any())) return new Map();
    const hashes = new Map(identities.map((identity) => [identity, this.hashesOf(identity)]));
    const found = await this.collection.find({ _id: { $in: [...hashes.values()].flat() } }).toArray();
    const kept = new Map(found.map(({ _id, optOuts = [] }) => [_id, optOuts]));
    const known = [...hashes].filter(([, own]) => own.some((hash) => kept.has(hash)));
    return new Map(known.map(([identity, own]) => [identity, own.flatMap((hash) => kept.get(hash) ?? [])]));
  }

  /** Can be repeated. An older tombstone of the same identity keeps its opt-outs. */
  async bury(request: string, { identities, records, emails }: Buried, at: Date): Promise<void> {
    const stones = [
      ...identities.flatMap(({ identity, optOuts }) =>
        namesOf(identity, emails).map((name) => ({ _id: this.hashOf(name), of: 'identity' as const, optOuts })),
      ),
      ...records.map((record) => ({ _id: this.hashOfRecord(record), of: 'record' as const, optOuts: [] })),
    ];
    if (stones.length === 0) return;
    await this.collection.bulkWrite(
      stones.map(({ _id, of, optOuts }) => ({
        updateOne: {
          filter: { _id },
          update: [
            {
              $set: {
                of,
                request: requestsAfter(request),
                at,
                ...(optOuts.length > 0 && { optOuts: optOutsAfter(optOuts) }),
              },
            },
            { $unset: 'liftedAt' },
          ],
          upsert: true,
        },
      })),
      { ordered: false },
    );
    this.heard = { any: true, until: 0 };
  }

  /** What people who were erased refuse later on outlives the erasure likewise: of each channel and purpose the last time. */
  async refuse(identities: readonly string[], { channel, purpose, at }: KeptOptOut): Promise<void> {
    const isOther = { $or: [{ $ne: ['$$this.channel', channel] }, { $ne: ['$$this.purpose', purpose] }] };
    const others = { $filter: { input: { $ifNull: ['$optOuts', []] }, cond: isOther } };
    await this.collection.updateMany(
      { _id: { $in: identities.flatMap((identity) => this.hashesOf(identity)) }, liftedAt: { $exists: false } },
      [{ $set: { optOuts: { $concatArrays: [others, [{ channel, purpose, at }]] } } }],
    );
  }

  /** The people of a request may be imported again, unless another one has erased them, too. Gives how many tombstones there were. */
  async lift(request: string, at: Date): Promise<number> {
    const standing = { request, liftedAt: { $exists: false } };
    const others = { $setDifference: [requestsBefore, [request]] };
    const lifted = await this.collection.updateMany(standing, [
      { $set: { others } },
      {
        $set: {
          request: { $cond: [{ $eq: ['$others', []] }, [request], '$others'] },
          liftedAt: { $cond: [{ $eq: ['$others', []] }, at, '$$REMOVE'] },
        },
      },
      { $unset: 'others' },
    ]);
    return lifted.modifiedCount;
  }
}

const requestsBefore = { $cond: [{ $isArray: '$request' }, '$request', [{ $ifNull: ['$request', ''] }]] };

/** Beside those that stand: what was lifted does not stand again. */
function requestsAfter(request: string): object {
  const isStanding = {
    $and: [{ $ne: [{ $type: '$request' }, 'missing'] }, { $eq: [{ $type: '$liftedAt' }, 'missing'] }],
  };
  return { $setUnion: [{ $cond: [isStanding, requestsBefore, []] }, [request]] };
}

function optOutsAfter(optOuts: readonly KeptOptOut[]): object {
  const before = { $ifNull: ['$optOuts', []] };
  return { $concatArrays: [before, { $setDifference: [optOuts, before] }] };
}

function namesOf(identity: string, emails: EmailReading | undefined): string[] {
  const read = emails && readingName(identity, emails);
  return read === undefined ? [identity] : [identity, read];
}

export function personErased(): MillraceError {
  return new MillraceError(
    'person_erased',
    'The row is about somebody who was erased on request. It is kept nowhere. An admin can lift that: POST /api/privacy/requests/{id}/lift.',
  );
}

export function refusedAsErased(): Outcome {
  const { code, message } = personErased();
  return rejected(code, message);
}
