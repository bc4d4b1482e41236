import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log, Settings } from '#platform';
import { Deliverer } from './deliverer.ts';

const tick = 2_000;

/** Has messages sent in every working process. */
@Injectable()
export class DeliveryTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private ticking: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly deliverer: Deliverer,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.timer = setInterval(() => {
      this.ticking = this.tick();
    }, tick);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
    await this.deliverer.stop();
  }

  /** Never rejects: what fails is reported, and tried again with the next tick. */
  private async tick(): Promise<void> {
    try {
      await this.deliverer.start();
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'messages about alerts could not be looked up; it is tried again');
    }
  }
}
