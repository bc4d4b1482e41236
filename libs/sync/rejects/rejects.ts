import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { MillraceError, parseTime, type ErrorCode } from '@millrace/sdk';
import {
  comparableEmail,
  contentHash,
  emailAddressOf,
  hashText,
  identityHashesIn,
  Signer,
  plainCollection,
} from '#platform';
import { personErased, Tombstones } from '#tombstones';
import type { RefusedRow } from '../engine/rows/row-mapper.ts';
import type { Replay, Run } from '../runs/run.schema.ts';
import type { Reject } from './reject.schema.ts';

const maxRawBytes = 100_000;
/** How many of those that cannot be mapped again are named. */
const mostNamed = 5;

export interface RejectQuery {
  sync?: string;
  run?: string;
  code?: ErrorCode;
  since?: Date;
  /** An e-mail address that is in the original. */
  email?: string;
  /** Only those that were not mapped again, and may be. */
  open?: boolean;
  /** The last one of the former page; newest first. */
  after?: Pick<Reject, 'at' | '_id'>;
  limit: number;
}

/** In the order in which rows were read. */
export type RejectPlace = Pick<Reject, 'run' | 'seq' | '_id'>;

/** What tells where in its source a row stood. */
export type PlacedReject = Pick<Reject, 'key' | 'run' | 'seq' | 'told' | 'readAt' | 'undated'>;

/** Keeps refused rows: nothing is silently dropped. */
@Injectable()
export class Rejects {
  private readonly collection: mongo.Collection<Reject>;

  constructor(
    @InjectModel('Reject') model: Model<Reject>,
    private readonly signer: Signer,
    private readonly tombstones: Tombstones,
  ) {
    this.collection = plainCollection<Reject>(model);
  }

  /** A row that was kept already (a page read again) is kept once. `seq` is the place of the page's first row within the run. */
  async keep(
    { _id: run, sync, until }: Pick<Run, '_id' | 'sync' | 'until'>,
    slice: string,
    seq: number,
    refused: RefusedRow[],
  ): Promise<void> {
    if (refused.length === 0) return;
    const at = new Date();
    const rows = refused.map((row) => ({ ...row, whole: JSON.stringify(row.raw) ?? 'null' }));
    const erased = await this.aboutErased(rows);
    await this.collection.bulkWrite(
      rows.map((row) => {
        const { raw: original, whole, index, position, place: told } = row;
        const toldAt = timeOf(row);
        const readAt = toldAt ?? until;
        const place = { run, sync, slice, seq: seq + index, readAt, ...(!toldAt && { undated: true as const }), at };
        const kept = erased.has(row) ? withoutData() : this.withOriginal(row, whole);
        // Positions are of one run, and a replay has rows of several. Of an erased person not even a plain hash of the row: it could be guessed.
        const name = told
          ? `${told.run}/${told.seq}`
          : (position ?? (erased.has(row) ? String(place.seq) : contentHash(original)));
        return {
          updateOne: {
            filter: { _id: hashText(`${slice}/${name}`) },
            update: { $setOnInsert: { ...place, told, position, ...kept } },
            upsert: true,
          },
        };
      }),
      { ordered: false, ignoreUndefined: true },
    );
  }

  private withOriginal({ raw: original, isCut, key, code, message }: RefusedRow, whole: string) {
    const raw = whole.slice(0, maxRawBytes);
    const replayable = !isCut && whole.length <= maxRawBytes && typeof original === 'object' && original !== null;
    return { key, code, message, raw, replayable, identities: identityHashesIn(raw, this.signer) };
  }

  /** Refused as such, or for another fault while an erased person's address is in them. */
  private async aboutErased<T extends RefusedRow & { whole: string }>(rows: T[]): Promise<Set<T>> {
    const about = await this.tombstones.rowsAbout(rows, ({ whole }) => this.tombstones.hashesIn(whole));
    return new Set(rows.filter((row) => row.code === 'person_erased' || about.has(row)));
  }

  /** The rejects of a run, as they were read; `after` is the `seq` of the last one of the former page. */
  list(run: string, { after, limit }: { after?: number; limit: number }): Promise<Reject[]> {
    const filter = { run, ...(after !== undefined && { seq: { $gt: after } }) };
    return this.collection.find(filter, { sort: { seq: 1 }, limit }).toArray();
  }

  /** Newest first. */
  search({ sync, run, code, since, email, open, after, limit }: RejectQuery): Promise<Reject[]> {
    const filter: mongo.Filter<Reject> = {
      ...(sync && { sync }),
      ...(run && { run }),
      ...(code && { code }),
      ...(since && { at: { $gte: since } }),
      ...(email && {
        identities: { $in: this.tombstones.hashesOf(`email:${emailAddressOf(email) ?? comparableEmail(email)}`) },
      }),
      ...(open && stillOpen),
      ...(after && { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after._id } }] }),
    };
    return this.collection.find(filter, { sort: { at: -1, _id: -1 }, limit }).toArray();
  }

  /** The syncs of some rejects. */
  syncsOf(ids: string[]): Promise<string[]> {
    return this.collection.distinct('sync', { _id: { $in: ids } });
  }

  /** What is to be mapped again, as it was read: of two rejects of one record the newer comes later. */
  toReplay(run: ReplayRun, { after, limit }: { after?: RejectPlace; limit: number }): Promise<Reject[]> {
    const all = chosen(run);
    // Each branch is whole: only then MongoDB begins at the place, rather than at the first of the sync.
    const filter = after ? { $or: behind(after).map((later) => ({ $and: [all, later] })) } : all;
    return this.collection.find(filter, { sort: { run: 1, seq: 1, _id: 1 }, limit }).toArray();
  }

  /** Likewise, but all that there is of some records, without their originals. */
  toReplayOf(keys: string[], run: ReplayRun): AsyncIterable<PlacedReject> {
    const shown = { key: 1, run: 1, seq: 1, told: 1, readAt: 1, undated: 1 };
    return this.collection.find({ ...chosen(run), key: { $in: keys } }, { projection: shown });
  }

  countToReplay(run: ReplayRun): Promise<number> {
    return this.collection.countDocuments(chosen(run));
  }

  /** A run that replays nothing, or less than what was named, would look like one that has mended everything. Throws `conflict`. */
  async refuseUnreplayable(replay: Chosen): Promise<void> {
    const { ids } = replay.plan.replay ?? {};
    const limit = ids ? {} : { limit: 1 };
    const found = await this.collection.find(chosen(replay), { projection: { _id: 1 }, ...limit }).toArray();
    if (found.length === 0) throw notReplayable('None of these rows can be mapped again');
    const known = new Set(found.map(({ _id }) => _id));
    const others = ids?.filter((id) => !known.has(id)) ?? [];
    if (others.length > 0)
      throw notReplayable(
        `Nothing was started: ${others.length} of these rows cannot be mapped again (${[...others.slice(0, mostNamed), ...(others.length > mostNamed ? ['…'] : [])].join(', ')})`,
      );
  }

  /** After all of them were mapped again: what came of each is told by the run now. */
  async replayed(run: ReplayRun): Promise<void> {
    await this.collection.updateMany(chosen(run), { $set: { replayedIn: run._id } });
  }

  /**
   * Records are gone, or the destination has them just as they are: what was refused of them before must not be sent any more. `seq`: the place where the
   * source tells.
   */
  async outdate({ _id: run, sync, plan }: ReplayRun, keys: string[], seq: number): Promise<void> {
    if (keys.length === 0 || plan.replay) return; // what is replayed was told earlier
    if (!(await this.collection.findOne({ sync }, { projection: { _id: 1 } }))) return; // most syncs have none, and many unchanged rows
    const before = { $or: [{ run: { $lt: run } }, { run, seq: { $lt: seq } }] };
    const refused = { sync, key: { $in: keys }, ...stillOpen, ...before };
    await this.collection.updateMany(refused, { $set: { outdatedIn: run } });
  }
}

const stillOpen = { replayedIn: { $exists: false }, outdatedIn: { $exists: false } };

/** Each is one stretch of the index. */
function behind({ run, seq, _id }: RejectPlace): mongo.Filter<Reject>[] {
  return [{ run, seq, _id: { $gt: _id } }, { run, seq: { $gt: seq } }, { run: { $gt: run } }];
}

function timeOf({ at }: Pick<RefusedRow, 'at'>): Date | undefined {
  const time = parseTime(at ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** Of an erased person nothing is kept but that a row came. */
function withoutData() {
  const { code, message } = personErased();
  return { code, message, raw: 'null', replayable: false, identities: [] as string[] };
}

function notReplayable(what: string): MillraceError {
  return new MillraceError(
    'conflict',
    `${what}: each was replayed already, is outdated, or is not \`replayable\`, so that the source has to be read again. GET /api/rejects tells which.`,
  );
}

type Chosen = Pick<Run, 'sync' | 'until'> & { plan: { replay?: Replay } };
type ReplayRun = Chosen & Pick<Run, '_id'>;

/** The same however often it is asked while the run goes on: what the run itself refuses comes later than its beginning. */
function chosen({ sync, until, plan }: Chosen): mongo.Filter<Reject> {
  const { run, code, ids } = plan.replay ?? {};
  return {
    sync,
    replayable: true,
    ...stillOpen,
    at: { $lte: until },
    ...(run && { run }),
    ...(code && { code }),
    ...(ids && { _id: { $in: ids } }),
  };
}
