import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Leases, Log, Settings } from '#platform';
import { AlertCollections } from '../collections.ts';
import { Evaluator } from './evaluator.ts';

const tick = 5_000;
const leaseName = 'evaluator';

/** Has the rules evaluated every 5 s, by one of the working processes. */
@Injectable()
export class EvaluationTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly leases: Leases;
  private timer?: NodeJS.Timeout;
  private ticking: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly evaluator: Evaluator,
    collections: AlertCollections,
  ) {
    this.leases = new Leases(collections.leases);
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.timer = setInterval(() => {
      if (!this.busy) this.ticking = this.tick();
    }, tick);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
    if (!this.timer) return;
    await this.leases
      .release(leaseName)
      .catch((error: unknown) =>
        this.log.warn({ error: messageOf(error) }, 'the alert rules are evaluated by others within half a minute'),
      );
  }

  /** Never rejects: what fails is reported, and tried again with the next tick. */
  private async tick(): Promise<void> {
    this.busy = true;
    try {
      if (await this.leases.take(leaseName)) await this.evaluator.look();
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'the alert rules could not be evaluated; it is tried again');
    } finally {
      this.busy = false;
    }
  }
}
