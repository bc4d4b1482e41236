import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log } from '#platform';
import { builtFolder, consoleCode } from '../browser-code/index.ts';

/** Seconds after which a build that failed is tried again, when somebody asks. */
const rest = 30_000;

export type ConsoleState =
  | { is: 'building' }
  | { is: 'failed'; reason: string; at: number }
  | { is: 'ready'; page: string; assetsFolder: string; assets: ReadonlySet<string> };

/** The console as browsers get it: looked for, or built in the background, when it is wanted for the first time. */
@Injectable()
export class ConsoleBuild implements OnApplicationShutdown {
  #state: ConsoleState | undefined;
  #building: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();

  constructor(private readonly log: Log) {}

  /** Starts what is needed to have it, and tells at once how far it is. */
  want(): ConsoleState {
    const state = this.#state;
    if (state && (state.is !== 'failed' || Date.now() - state.at < rest)) return state;
    this.#building = this.#build();
    return (this.#state = { is: 'building' });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped.abort();
    await this.#building;
  }

  async #build(): Promise<void> {
    try {
      const folder = await builtFolder(consoleCode, this.#stopped.signal);
      const assetsFolder = join(folder, 'console');
      const [page, assets] = await Promise.all([readFile(join(folder, 'index.html'), 'utf8'), readdir(assetsFolder)]);
      this.#state = { is: 'ready', page, assetsFolder, assets: new Set(assets) };
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      this.#state = { is: 'failed', reason: messageOf(error), at: Date.now() };
      this.log.error({ error }, 'The console could not be built; the API is not concerned');
    }
  }
}
