import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { PreflightWorker } from './preflight-worker.ts';

const every = 1_000;

/** Works off open preflights in every working process; what a process leaves behind, another one goes on with. */
@Injectable()
export class PreflightTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #ending = new AbortController();
  #work: Regularly | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly worker: PreflightWorker,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const failures = new FailureLog(
      this.log,
      'Preflights could not be carried on; they are tried again where they stopped',
    );
    this.#work = new Regularly(every, () => this.worker.workOff(this.#ending.signal), failures.tell);
  }

  /** Somebody waits: it need not be the next second. */
  wake(): void {
    if (!this.#ending.signal.aborted) void this.#work?.now(); // never rejects
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ending.abort();
    await this.#work?.end();
  }
}
