import { Injectable } from '@nestjs/common';
import { Migrator } from '#platform';
import { storedMarksNumber } from '#tombstones';
import { waitFor, type Step, type Wait, type Work } from '../work.ts';

const pause = 5_000;

/** After an upgrade, stored rows are found by all of their addresses only when they were marked anew. */
@Injectable()
export class UntilMarked implements Step {
  readonly name = 'marked anew';

  constructor(private readonly migrator: Migrator) {}

  async run({ now }: Work): Promise<Wait | undefined> {
    if (!(await this.migrator.isUnderWay(storedMarksNumber))) return undefined;
    return waitFor(now, pause, 'After the upgrade, stored rows are marked anew first: GET /api/migrations.');
  }
}
