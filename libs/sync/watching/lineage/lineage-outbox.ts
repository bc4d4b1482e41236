import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { toldRunModel, type ToldRun } from './told-run.schema.ts';

/** Milliseconds after which others go on for a worker that has gone silent: longer than an attempt takes. */
const term = 60_000;
/** Milliseconds after which a run is looked at, although nobody said that it has ended. */
const look = 300_000;
/** Milliseconds that nothing waits longer than until it is tried again. */
export const longestPause = 30 * 60_000;
const day = 86_400_000;
const keptOpen = 7 * day;
const keptClosed = day;
const nobody = new Date(0);

/** Which runs are still to be told, for any worker to take. */
@Injectable()
export class LineageOutbox {
  private readonly runs: mongo.Collection<ToldRun>;

  constructor(@InjectModel(toldRunModel) model: Model<ToldRun>) {
    this.runs = plainCollection<ToldRun>(model);
  }

  /** Keeps what is to be told of a run; what is there already stays. */
  async put(run: string, what: Pick<ToldRun, 'job' | 'input' | 'outputs' | 'fields'>): Promise<void> {
    const now = new Date();
    await this.runs.updateOne(
      { _id: run },
      {
        $setOnInsert: {
          ...what,
          open: true,
          attempts: 0,
          notBefore: now,
          takenUntil: nobody,
          expiresAt: new Date(now.getTime() + keptOpen),
        },
      },
      { upsert: true },
    );
  }

  async has(run: string): Promise<boolean> {
    return (await this.runs.findOne({ _id: run }, { projection: { _id: 1 } })) !== null;
  }

  /** There is news of a run. */
  async hurry(run: string): Promise<void> {
    await this.runs.updateOne({ _id: run, open: true }, { $set: { notBefore: new Date() } });
  }

  /** Takes one that is due. */
  async take(now = new Date()): Promise<ToldRun | undefined> {
    const taken = await this.runs.findOneAndUpdate(
      { $and: [{ open: true }, reached('notBefore', longestPause, now), reached('takenUntil', term, now)] },
      { $set: { takenUntil: new Date(now.getTime() + term) } },
      { sort: { notBefore: 1 }, returnDocument: 'after' },
    );
    return taken ?? undefined;
  }

  async started(taken: ToldRun): Promise<void> {
    await this.runs.updateOne(mine(taken), { $set: { started: true, attempts: 0 } });
  }

  /** The run goes on. */
  async lookLater(taken: ToldRun): Promise<void> {
    await this.giveBack(taken, look, { expiresAt: new Date(Date.now() + keptOpen) });
  }

  async tryAgain(taken: ToldRun, pause: number): Promise<void> {
    await this.giveBack(taken, pause, { attempts: taken.attempts + 1 });
  }

  /** All is told. It stays for a while: whoever is late must not begin anew. */
  async close(taken: ToldRun): Promise<void> {
    await this.runs.updateOne(mine(taken), {
      $set: { expiresAt: new Date(Date.now() + keptClosed) },
      $unset: { open: '', fields: '' },
    });
  }

  private async giveBack(taken: ToldRun, pause: number, change: Partial<ToldRun>): Promise<void> {
    const { _id, notBefore } = taken;
    // Unless it was hurried meanwhile.
    await this.runs.updateOne({ _id, notBefore }, { $set: { notBefore: new Date(Date.now() + pause) } });
    await this.runs.updateOne(mine(taken), { $set: { takenUntil: nobody, ...change } });
  }
}

function mine({ _id, takenUntil }: ToldRun): Pick<ToldRun, '_id' | 'takenUntil'> {
  return { _id, takenUntil };
}

/** The time has come; or it is so late that a clock which ran ahead must have written it. */
function reached(field: 'notBefore' | 'takenUntil', longest: number, now: Date): mongo.Filter<ToldRun> {
  return { $or: [{ [field]: { $lte: now } }, { [field]: { $gt: new Date(now.getTime() + 2 * longest) } }] };
}
