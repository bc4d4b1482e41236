import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { Deliverer } from './deliverer.ts';

const tick = 2_000;

/** Has messages sent in every working process. */
@Injectable()
export class DeliveryTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private looking?: Regularly;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly deliverer: Deliverer,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const failures = new FailureLog(this.log, 'messages about alerts could not be looked up; it is tried again');
    this.looking = new Regularly(tick, () => this.deliverer.start(), failures.tell);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.looking?.end();
    await this.deliverer.stop();
  }
}
