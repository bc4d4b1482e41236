import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Regularly } from '../lifecycle/index.ts';
import { FailureLog } from '../errors/index.ts';
import { Log } from '../log/index.ts';
import { beat, Processes, type LivingProcess } from '../processes/index.ts';
import { Migrator } from './migrator.ts';

const lookAgain = 1_000;

/**
 * Two versions never write at the same time where one of them does not understand what the other one writes: a process that finds a newer
 * version's migration ends, and what has to be migrated before anything else waits until those processes are gone.
 */
@Injectable()
export class Upgrade {
  /** Resolves, with what happened, when a newer version has come: this process has to end. */
  readonly outdated: Promise<string>;
  private tell!: (what: string) => void;
  private looking?: Regularly;

  constructor(
    private readonly migrator: Migrator,
    private readonly processes: Processes,
    private readonly log: Log,
  ) {
    this.outdated = new Promise((resolve) => (this.tell = resolve));
  }

  /** Brings the database to what this version writes. Throws `newer_data` when a newer version was here. */
  async begin(): Promise<void> {
    await this.processes.announce(this.migrator.newest); // before it asks: a newer one that comes meanwhile knows of this one
    try {
      await this.migrator.register();
    } catch (error) {
      await this.processes.leave(0);
      throw error;
    }
    if (await this.migrator.isDueAtStart()) await this.untilOlderOnesEnded();
    await this.migrator.migrateAtStart(({ number, title }) =>
      this.log.info(
        { migration: number, title },
        'waiting for another process that migrates; if it has died, this one takes over within a minute',
      ),
    );
  }

  /** Looks every 10 s whether a newer version has come. */
  watch(): void {
    this.looking = new Regularly(
      beat,
      () => this.look(),
      new FailureLog(this.log, 'whether a newer version has come could not be looked up').tell,
    );
  }

  async look(): Promise<void> {
    const unknown = await this.migrator.unknown();
    if (!unknown) return;
    this.tell(`A newer Millrace changes the database (migration ${Number(unknown._id)}, "${unknown.title}")`);
  }

  async end(): Promise<void> {
    await this.looking?.end();
  }

  /** Whether no process of an older version lives any more. */
  async isWithoutOlderOnes(): Promise<boolean> {
    return (await this.olderOnes()).length === 0;
  }

  /** Who has only just come and has not said yet what it knows (0) is none: if it is older, it finds the newer migrations and refuses. */
  private async olderOnes(): Promise<LivingProcess[]> {
    const living = await this.processes.alive();
    return living.filter(({ migration }) => migration > 0 && migration < this.migrator.newest);
  }

  private async untilOlderOnesEnded(): Promise<void> {
    let told = '';
    for (;;) {
      const older = await this.olderOnes();
      if (older.length === 0) return;
      const names = older.map(({ host, pid }) => `${host}:${pid}`).join(', ');
      if (names !== told) this.log.info({ older: names }, 'waiting for processes of an older version to end');
      told = names;
      await delay(lookAgain);
    }
  }
}
