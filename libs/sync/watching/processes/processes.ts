import { hostname } from 'node:os';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { messageOf } from '@millrace/sdk';
import { Log, newId, Regularly, Settings } from '#platform';
import { beat, type LivingProcess } from './process.schema.ts';

const mostShown = 1_000;

/** Says every 10 s that this process lives, and knows which others do. */
@Injectable()
export class Processes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly id = newId('prc');
  private beating?: Regularly;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    @InjectModel('Process') private readonly model: Model<LivingProcess>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const since = { host: hostname(), pid: process.pid, kinds: this.settings.processes, startedAt: new Date() };
    this.beating = new Regularly(
      beat,
      async () => {
        await this.model.updateOne({ _id: this.id }, { $set: { ...since, seenAt: new Date() } }, { upsert: true });
      },
      (error) => this.log.warn({ error: messageOf(error) }, 'the sign of life could not be stored'),
    );
    await this.beating.now();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.beating?.stop();
    await this.model.deleteOne({ _id: this.id });
  }

  /** Those that gave a sign of life within the last three beats. */
  alive(now = Date.now()): Promise<LivingProcess[]> {
    return this.model
      .find({ seenAt: { $gt: new Date(now - 3 * beat) } })
      .limit(mostShown)
      .lean<LivingProcess[]>();
  }
}
