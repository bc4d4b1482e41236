import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { TriggerWatch } from '../watch/index.ts';
import { ClockCorrection } from './clock-correction.ts';
import { Dispatcher } from './dispatcher.ts';

const tick = 1_000;

/** Has firings carried out in every working process: at once what it has noted itself, within a second what others left. */
@Injectable()
export class DispatchTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #loop?: Regularly;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly watch: TriggerWatch,
    private readonly clock: ClockCorrection,
    private readonly dispatcher: Dispatcher,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const loop = new Regularly(
      tick,
      async () => {
        await this.clock.sweep(new Date());
        await this.dispatcher.start();
      },
      new FailureLog(this.log, 'firings could not be looked up; it is tried again').tell,
    );
    this.#loop = loop;
    this.watch.onNoted(() => void loop.now());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop?.end();
    await this.dispatcher.stop();
  }
}
