import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection, writeUnordered } from '#platform';
import type { RunLogLine, RunLogSize } from './run-log.schema.ts';

export const runLogLimits = { lines: 2_000, bytes: 1_000_000 };

export interface OfferedLine extends RunLogLine {
  /** Kept although the log is full: how a run began and ended. */
  always: boolean;
}

export interface LinesQuery {
  level?: RunLogLine['level'];
  /** Id of the last line of the former page; oldest first. */
  after?: string;
  limit: number;
}

const emptySize = { lines: 0, bytes: 0, dropped: 0 };

/** The logs of runs, each bounded over all processes that write it. */
@Injectable()
export class RunLogStore {
  private readonly lines: mongo.Collection<RunLogLine>;
  private readonly sizes: mongo.Collection<RunLogSize>;

  constructor(
    @InjectModel('RunLogLine') lines: Model<RunLogLine>,
    @InjectModel('RunLogSize') sizes: Model<RunLogSize>,
  ) {
    this.lines = plainCollection<RunLogLine>(lines);
    this.sizes = plainCollection<RunLogSize>(sizes);
  }

  /** Stores what there is room for; the first line that there is none for is replaced by a note. */
  async store(run: string, offered: OfferedLine[]): Promise<void> {
    const bounded = offered.filter(({ always }) => !always);
    const before = await this.reserve(run, bounded);
    const kept: OfferedLine[] = offered.filter(({ always }) => always);
    const dropped: OfferedLine[] = [];
    let { lines, bytes } = before;
    for (const line of bounded) {
      lines += 1;
      bytes += sizeOf(line);
      (lines <= runLogLimits.lines && bytes <= runLogLimits.bytes ? kept : dropped).push(line);
    }
    const [first] = dropped;
    if (first && before.dropped === 0) kept.push(noteInsteadOf(first));
    // Lines are offered again where the answer was lost: some may be there already.
    if (kept.length > 0) await writeUnordered(() => this.lines.insertMany(kept.map(withoutAlways), { ordered: false }));
    if (dropped.length > 0) await this.sizes.updateOne({ _id: run }, { $inc: { dropped: dropped.length } });
  }

  async list(run: string, { level, after, limit }: LinesQuery): Promise<RunLogLine[]> {
    const filter = { run, ...(level && { level }), ...(after && { _id: { $gt: after } }) };
    return this.lines.find(filter, { sort: { _id: 1 }, limit }).toArray();
  }

  async remove(runs: string[]): Promise<void> {
    await this.lines.deleteMany({ run: { $in: runs } });
    await this.sizes.deleteMany({ _id: { $in: runs } });
  }

  /** Takes room for the lines, and returns how full the log was before. */
  private async reserve(run: string, offered: RunLogLine[]): Promise<Omit<RunLogSize, '_id'>> {
    if (offered.length === 0) return emptySize;
    const bytes = offered.reduce((sum, line) => sum + sizeOf(line), 0);
    const before = await this.sizes.findOneAndUpdate(
      { _id: run },
      { $inc: { lines: offered.length, bytes }, $setOnInsert: { dropped: 0 } },
      { upsert: true, returnDocument: 'before' },
    );
    return before ?? emptySize;
  }
}

function sizeOf({ message, fields = '' }: RunLogLine): number {
  return Buffer.byteLength(message) + Buffer.byteLength(fields) + 100;
}

function noteInsteadOf({ _id, run, at }: RunLogLine): OfferedLine {
  const message = `The log is full (${runLogLimits.lines} lines or ${runLogLimits.bytes} bytes): further lines are dropped. The log of the process has them.`;
  return { _id, run, at, level: 'warn', message, always: true };
}

function withoutAlways({ always: _, ...line }: OfferedLine): RunLogLine {
  return line;
}
