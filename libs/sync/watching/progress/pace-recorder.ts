import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FailureLog, Log, Regularly } from '#platform';
import { RunObservers, type CommittedPage, type RunObserver } from '../../engine/run-observers.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { paceSpan, type Pace } from './pace.schema.ts';

const flushEvery = 1_000;

/** Counts the rows of this process, and adds them to what all workers read: so that any process can tell how fast a run is. */
@Injectable()
export class PaceRecorder implements RunObserver, OnApplicationShutdown {
  private counted = new Map<string, Pace>();
  private readonly flushing: Regularly;

  constructor(
    observers: RunObservers,
    log: Log,
    @InjectModel('Pace') private readonly paces: Model<Pace>,
  ) {
    observers.add(this);
    this.flushing = new Regularly(
      flushEvery,
      () => this.flush(),
      new FailureLog(log, 'the pace of runs could not be stored').tell,
    );
  }

  pageWritten({ _id: run }: Run, _slice: SliceDocument, { account }: CommittedPage): void {
    const at = Math.floor(Date.now() / paceSpan) * paceSpan;
    const _id = `${run}:${at}`;
    const known = this.counted.get(_id);
    if (known) known.rows += account.ledger.read;
    else this.counted.set(_id, { _id, run, at: new Date(at), rows: account.ledger.read });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flushing.stop();
  }

  private async flush(): Promise<void> {
    if (this.counted.size === 0) return;
    const counted = [...this.counted.values()];
    this.counted = new Map();
    // What fails is forgotten: a speed is of no use later.
    await this.paces.collection.bulkWrite(
      counted.map(({ _id, run, at, rows }) => ({
        updateOne: { filter: { _id }, update: { $inc: { rows }, $setOnInsert: { run, at } }, upsert: true },
      })) as never,
      { ordered: false },
    );
  }
}
