import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Collections } from '../../collections.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { Pace } from './pace.schema.ts';
import { progressOf, type Progress, type SliceFigures } from './progress-of.ts';

/** Milliseconds that a run's present speed is measured over. */
const window = 30_000;

/** Tells from what is stored how far a run is, and how fast. */
@Injectable()
export class ProgressReader {
  constructor(
    private readonly collections: Collections,
    @InjectModel('Pace') private readonly paces: Model<Pace>,
  ) {}

  async of(run: Run): Promise<Progress> {
    const [pace, slices] = await Promise.all([run.active ? this.pace(run) : 0, this.slices(run._id)]);
    return progressOf(run, pace, slices);
  }

  /** Rows a second, by all workers. */
  private async pace({ _id: run, startedAt }: Run): Promise<number> {
    if (!startedAt) return 0;
    const now = Date.now();
    const since = Math.max(now - window, startedAt.getTime());
    const spans = await this.paces
      .find({ run, at: { $gt: new Date(now - window) } }, { rows: 1 })
      .lean<Pick<Pace, 'rows'>[]>();
    const rows = spans.reduce((sum, span) => sum + span.rows, 0);
    return rows / Math.max((now - since) / 1_000, 1);
  }

  private async slices(run: string): Promise<SliceFigures> {
    const weight = { $ifNull: ['$weight', 1] };
    const ifDone = (value: object | number): object => ({ $sum: { $cond: [{ $eq: ['$state', 'done'] }, value, 0] } });
    const [figures] = await this.collections.slices
      .aggregate<SliceFigures>([
        { $match: { run } },
        {
          $group: {
            _id: null,
            of: { $sum: 1 },
            done: ifDone(1),
            weight: { $sum: weight },
            weightDone: ifDone(weight),
          },
        },
      ])
      .toArray();
    return figures ?? { done: 0, of: 0, weight: 0, weightDone: 0 };
  }
}
