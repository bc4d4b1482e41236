import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { TraitSealer } from '#profiles';
import { Auditor, Audits } from './audits/index.ts';
import { DataMapScanner } from './data-map/index.ts';
import { QualitySchedules } from './schedules/index.ts';

const every = 5_000;

/** Starts what is due and goes on with what is under way, in every working process: each work is done by one of them at a time. */
@Injectable()
export class QualityTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private works: Regularly[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly schedules: QualitySchedules,
    private readonly scanner: DataMapScanner,
    private readonly audits: Audits,
    private readonly auditor: Auditor,
    private readonly sealer: TraitSealer,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const { signal } = this.ending;
    this.works = [
      this.regularly('the data map', async () => {
        await this.schedules.beginDue('data-map', () => this.scanner.begin());
        await this.scanner.carryOn({ signal });
      }),
      this.regularly('an audit', async () => {
        await this.schedules.beginDue('audit', () => this.audits.begin('schedule'));
        await this.auditor.carryOn({ signal });
      }),
      this.regularly('sealing of sensitive traits', () => this.sealer.carryOnDue({ signal })),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.works.map((work) => work.end()));
  }

  private regularly(what: string, work: () => Promise<void>): Regularly {
    const failures = new FailureLog(this.log, `${what} could not be carried on; it is tried again where it stopped`);
    return new Regularly(every, work, failures.tell);
  }
}
