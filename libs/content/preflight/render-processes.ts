import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log } from '#platform';
import { Sandbox } from '../sandbox/index.ts';

/** Milliseconds for which processes wait for the next preflight: who looks at an audience mends the mail and looks again. */
const rest = 60_000;

/** The processes that render preflights: of their own, so that nobody's preview waits behind an audience. They start when needed, and are quick once they ran for a while. */
@Injectable()
export class RenderProcesses implements OnApplicationShutdown {
  readonly size = Math.min(4, Math.max(2, availableParallelism()));
  #sandbox: Sandbox | undefined;
  #resting: NodeJS.Timeout | undefined;

  constructor(private readonly log: Log) {}

  /** To be given back. */
  take(): Sandbox {
    clearTimeout(this.#resting);
    this.#sandbox ??= new Sandbox({ size: this.size });
    return this.#sandbox;
  }

  giveBack(): void {
    clearTimeout(this.#resting);
    const end = (): void => {
      this.#end().catch((error: unknown) => this.log.warn({ error: messageOf(error) }, 'Processes could not be ended'));
    };
    this.#resting = setTimeout(end, rest).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#resting);
    await this.#end();
  }

  async #end(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    await sandbox?.close();
  }
}
