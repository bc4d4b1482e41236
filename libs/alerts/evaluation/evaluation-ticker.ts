import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { FailureLog, Leases, Log, Regularly, Settings } from '#platform';
import { AlertCollections } from '../collections.ts';
import { Evaluator } from './evaluator.ts';

const tick = 5_000;
const leaseName = 'evaluator';

/** Has the rules evaluated every 5 s, by one of the working processes. */
@Injectable()
export class EvaluationTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly leases: Leases;
  private looking?: Regularly;

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
    const failures = new FailureLog(this.log, 'the alert rules could not be evaluated; it is tried again');
    this.looking = new Regularly(tick, () => this.look(), failures.tell);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.looking) return;
    await this.looking.end();
    await this.leases
      .release(leaseName)
      .catch((error: unknown) =>
        this.log.warn({ error: messageOf(error) }, 'the alert rules are evaluated by others within half a minute'),
      );
  }

  private async look(): Promise<void> {
    if (await this.leases.take(leaseName)) await this.evaluator.look();
  }
}
