import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log } from '#platform';
import { RunObservers, type PlannedRun, type RunObserver } from '../../engine/run-observers.ts';
import type { Run } from '../../runs/run.schema.ts';
import { LineageEndpoint } from './lineage-endpoint.ts';
import { LineageNames } from './lineage-names.ts';
import { LineageOutbox } from './lineage-outbox.ts';
import { fieldsOf } from './schema-fields.ts';

/** Keeps for the sender which runs start and end, behind the back of those who lead them. */
@Injectable()
export class RunLineage implements RunObserver, OnApplicationShutdown {
  /** One after the other: the end of a run must not overtake its start. */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    observers: RunObservers,
    private readonly log: Log,
    private readonly names: LineageNames,
    private readonly outbox: LineageOutbox,
    endpoint: LineageEndpoint,
  ) {
    if (endpoint.configured) observers.add(this);
  }

  runStarted(run: Run, planned: PlannedRun): void {
    this.write(run, async () => {
      await this.outbox.put(run._id, { ...(await this.names.of(run, planned)), fields: fieldsOf(planned.schema) });
    });
  }

  runEnded(run: Run): void {
    this.write(run, async () => {
      // It has no start where planning failed, or where the process that planned it died at that moment.
      if (!(await this.outbox.has(run._id))) await this.outbox.put(run._id, await this.names.of(run));
      await this.outbox.hurry(run._id);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private write(run: Run, work: () => Promise<void>): void {
    this.writing = this.writing
      .then(work)
      .catch((error: unknown) =>
        this.log.warn({ run: run._id, error: messageOf(error) }, 'the lineage of a run could not be kept'),
      );
  }
}
