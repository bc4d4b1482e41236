import { Injectable } from '@nestjs/common';
import { KeptPeople } from '#sync';
import { waitFor, type Step, type Wait, type Work } from '../work.ts';
import { valuesOf } from './values-of.ts';

const pause = 10_000;

/** Rows that are on their way to other systems arrive first: cutting them out would leave it unknown what did. */
@Injectable()
export class ClearBatches implements Step {
  readonly name = 'deliveries';

  constructor(private readonly kept: KeptPeople) {}

  async run(work: Work): Promise<Wait | undefined> {
    const { removed, open } = await this.kept.batchesLeft(valuesOf(work.subject));
    if (removed > 0) await work.count({ batches: removed });
    if (open > 0)
      return waitFor(work.now, pause, `${open} deliveries of runs that go on still hold rows of the person.`);
    return undefined;
  }
}
