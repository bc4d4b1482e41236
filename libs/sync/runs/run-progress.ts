import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { watching, type WatchMessage } from '#platform';
import { ProgressReader } from '../watching/progress/progress-reader.ts';
import { RunResponse } from './run.response.ts';
import { Runs } from './runs.ts';

const interval = 300;

/** Follows a run: a message whenever something changed, the last one when it has ended. */
@Injectable()
export class RunProgress {
  constructor(
    private readonly runs: Runs,
    private readonly progress: ProgressReader,
  ) {}

  follow(id: string): Observable<WatchMessage> {
    return watching(async () => {
      const run = await this.runs.get(id);
      return { data: RunResponse.inProgress(run, await this.progress.of(run)), ended: !run.active };
    }, interval);
  }
}
