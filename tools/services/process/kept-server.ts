import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '@millrace/sdk';
import type { RunningServer } from './start-server.ts';

export interface KeptServerOptions {
  /** The service's name for people. */
  service: string;
  /** Takes one line about what happens to it. */
  log: (line: string) => void;
  /** Takes what somebody has to see: it has died, or is given up. */
  warn: (line: string) => void;
  patience?: Patience;
}

export interface Patience {
  /** Deaths within five minutes after which it is given up; a start that fails is one, too. */
  deaths: number;
  /** Milliseconds until it is started again; twice as long after each death. */
  wait: number;
}

const fiveMinutes = 300_000;
const longestWait = 30_000;
/** A minute in all: for as long a disk may be full, or memory short. */
const usualPatience: Patience = { deaths: 8, wait: 500 };

/** Starts a server again whenever it has ended, until it is stopped: with its data, on its port. One that dies again and again is given up. */
export class KeptServer {
  #running: RunningServer;
  #deaths: number[] = [];
  readonly #stopping = new AbortController();
  /** Ends when nothing is started again any more. */
  readonly #keeping: Promise<void>;

  constructor(
    running: RunningServer,
    private readonly options: KeptServerOptions,
  ) {
    this.#running = running;
    this.#keeping = this.#keep();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running.server.stop();
    await this.#keeping;
    await this.#running.server.stop(); // where it was being started again
  }

  async #keep(): Promise<void> {
    for (;;) {
      const how = await this.#running.server.ended;
      if (this.#isStopping) return;
      const { service, warn } = this.options;
      warn(`${service} has ended ${how}. It is started again. Its log: ${this.#running.logFile}`);
      if (!(await this.#startAgain()) || this.#isStopping) return;
    }
  }

  /** `false`: it is stopped, or given up. */
  async #startAgain(): Promise<boolean> {
    const { service, log, warn } = this.options;
    while (await this.#mayStart()) {
      try {
        this.#running = await this.#running.again();
        log(`${service} works again.`);
        return true;
      } catch (error) {
        warn(messageOf(error));
      }
    }
    return false;
  }

  /** Notes a death, and waits the longer the more there were lately. */
  async #mayStart(): Promise<boolean> {
    const { service, warn, patience = usualPatience } = this.options;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < fiveMinutes), now];
    const deaths = this.#deaths.length;
    if (deaths >= patience.deaths) {
      const advice = `Mend what its log (${this.#running.logFile}) tells, then start Millrace again.`;
      warn(`${service} is given up: it has ended ${deaths} times within five minutes. ${advice}`);
      return false;
    }
    const wait = Math.min(patience.wait * 2 ** (deaths - 1), longestWait);
    await delay(wait, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined); // it is stopped
    return !this.#isStopping;
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
