import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { messageOf } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { FailureLog } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import { Regularly } from '../lifecycle/index.ts';
import { Log } from '../log/index.ts';
import { WriteWatch } from '../mongo/index.ts';
import { Settings } from '../settings/index.ts';
import { beat, processModel, type LivingProcess } from './process.schema.ts';

const mostShown = 1_000;
/** Milliseconds after which a silent process counts as dead. */
const silence = 3 * beat;
/** Milliseconds in which requests and buffers are finished when the process is closed. */
const toFinish = 5_000;

/** Says every 10 s that this process lives, and knows which others do. */
@Injectable()
export class Processes implements OnModuleInit, BeforeApplicationShutdown {
  private readonly id = newId('prc');
  private readonly startedAt = new Date();
  private migration = 0;
  private beating?: Regularly;
  private readonly writes: WriteWatch;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    @InjectModel(processModel) private readonly model: Model<LivingProcess>,
  ) {
    this.writes = new WriteWatch(log);
  }

  /** What keeps MongoDB from taking writes, as `has taken no writes for 17 s`; undefined as long as it takes them. */
  get writeTrouble(): string | undefined {
    return this.writes.trouble;
  }

  async onModuleInit(): Promise<void> {
    this.beating = new Regularly(
      beat,
      () => this.writes.watch(() => this.sign()),
      new FailureLog(this.log, 'the sign of life could not be stored').tell,
    );
    await this.beating.now();
  }

  /** The database is closed before global modules are told that the application ends, so it is said now. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.leave(toFinish).catch((error: unknown) =>
      this.log.warn({ error: messageOf(error) }, 'that this process ends could not be stored: it counts for 30 s more'),
    );
  }

  /** @param migration the newest one that this process knows; others see it from now on */
  async announce(migration: number): Promise<void> {
    this.migration = migration;
    await this.sign();
  }

  /** It ends: it is not counted any more after so many milliseconds, in which it finishes what is under way. */
  async leave(within: number): Promise<void> {
    await this.beating?.end();
    const lastSeen = new Date(Date.now() - silence + within);
    await this.model.updateOne({ _id: this.id }, { $set: { seenAt: lastSeen } });
  }

  /** Those that gave a sign of life within the last 30 s. */
  alive(now = Date.now()): Promise<LivingProcess[]> {
    return this.model
      .find({ seenAt: { $gt: new Date(now - silence) } })
      .limit(mostShown)
      .lean<LivingProcess[]>();
  }

  /** Gives a sign of life, between the others. */
  async sign(): Promise<void> {
    const { id, migration, startedAt, settings } = this;
    const told = { host: hostname(), pid: process.pid, kinds: settings.processes, migration, startedAt };
    await this.model.updateOne({ _id: id }, { $set: { ...told, seenAt: new Date() } }, { upsert: true });
  }
}
