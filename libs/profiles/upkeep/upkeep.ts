import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FailureLog, Leases, Log, plainCollection, Regularly, Settings, type Lease } from '#platform';
import { Definitions } from '../definitions/index.ts';
import { Chores } from './chores.ts';
import type { Chore } from './chore.ts';

export const choreLeaseModel = 'ChoreLease';

const tick = 1_000;
/** Milliseconds for which a lease is worked on before it is renewed. */
const leaseUse = 10_000;

/** Has the chores of the profile store done, each by one of the working processes. */
@Injectable()
export class Upkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loops: Regularly[] = [];
  private readonly stopping = new AbortController();
  private readonly leases: Leases;
  private toldRevision = 0;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly definitions: Definitions,
    private readonly chores: Chores,
    @InjectModel(choreLeaseModel) leases: Model<Lease>,
  ) {
    this.leases = new Leases(plainCollection<Lease>(leases));
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.loops = this.chores.all.map(
      (chore) =>
        new Regularly(
          tick,
          () => this.attendTo(chore),
          new FailureLog(this.log, `the chore ${chore.name} failed; it is tried again`).tell,
        ),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops.map((loop) => loop.end()));
  }

  private async attendTo(chore: Chore): Promise<void> {
    const { revision, unreadable } = await this.definitions.current();
    if (revision === 0 && !chore.withoutDefinitions) return; // nobody has defined anything
    if (revision !== this.toldRevision) {
      this.toldRevision = revision;
      for (const definition of unreadable) this.log.error({ ...definition }, 'a definition cannot be read');
    }
    if (!(await chore.isDue(new Date()))) return;
    while (await this.leases.take(chore.name)) {
      if (!(await this.stepsOfALease(chore))) break;
    }
    await this.leases.release(chore.name);
  }

  /** Steps for as long as the lease is sure; gives whether more is to be done. */
  private async stepsOfALease(chore: Chore): Promise<boolean> {
    const start = performance.now();
    while (performance.now() - start < leaseUse) {
      const stepStart = performance.now();
      if (this.stopping.signal.aborted || !(await chore.step(new Date()))) return false;
      if (!chore.rest) continue;
      const took = performance.now() - stepStart;
      await this.restFor(took * (await chore.rest(new Date())));
    }
    return true;
  }

  /** Ends early when the process stops. */
  private async restFor(milliseconds: number): Promise<void> {
    const { signal } = this.stopping;
    try {
      await delay(milliseconds, undefined, { signal, ref: false });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
