import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log, Regularly, Seldom, Settings } from '#platform';
import { Collections } from '../../collections.ts';
import { LineageEndpoint } from './lineage-endpoint.ts';
import { LineageOutbox, longestPause } from './lineage-outbox.ts';
import { endEvent, startEvent } from './run-events.ts';
import type { ToldRun } from './told-run.schema.ts';

const every = 2_000;
const inOneGo = 100;
const reportEvery = 600_000;

/** Tells the lineage endpoint what is due, in every working process. Each event arrives once, or again where an answer was lost. */
@Injectable()
export class LineageSender implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private stopping = false;
  private readonly failures = new Seldom(reportEvery);
  private sending?: Regularly;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly collections: Collections,
    private readonly outbox: LineageOutbox,
    private readonly endpoint: LineageEndpoint,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.endpoint.configured || !this.settings.processes.includes('worker')) return;
    this.sending = new Regularly(
      every,
      () => this.send(),
      (error) => this.report(error),
    );
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sending?.end();
  }

  /** Ends with the first failure: the next one would most likely fail, too. */
  private async send(): Promise<void> {
    for (let sent = 0; sent < inOneGo && !this.stopping; sent++) {
      const taken = await this.outbox.take();
      if (!taken) return;
      try {
        await this.tell(taken);
      } catch (error) {
        await this.outbox.tryAgain(taken, pauseAfter(taken.attempts));
        return this.report(error);
      }
    }
  }

  private async tell(taken: ToldRun): Promise<void> {
    const { namespace } = this.endpoint;
    const run = await this.collections.runs.findOne({ _id: taken._id });
    if (!run) return this.outbox.close(taken); // removed for its age
    if (!taken.started) {
      await this.endpoint.post(startEvent(taken, run, namespace));
      await this.outbox.started(taken);
    }
    if (run.active) return this.outbox.lookLater(taken);
    await this.endpoint.post(endEvent(taken, run, namespace));
    await this.outbox.close(taken);
  }

  private report(error: unknown): void {
    const code = error instanceof MillraceError ? error.code : 'internal';
    this.failures.tell(1, (failures) =>
      this.log.warn(
        { failures, code, error: messageOf(error) },
        'lineage could not be told; it is kept for 7 days and tried again. Check MILLRACE_OPENLINEAGE_URL and the endpoint',
      ),
    );
  }
}

/** Milliseconds until the next attempt, with jitter: 5 s at first, doubled up to 30 min. */
function pauseAfter(attempts: number): number {
  return Math.min(5_000 * 2 ** attempts, longestPause) * (0.75 + Math.random() / 4);
}
