import { Injectable } from '@nestjs/common';
import { Observable } from 'rxjs';
import { messageOf } from '@millrace/sdk';
import { ProgressReader } from '../watching/progress/progress-reader.ts';
import { RunResponse } from './run.response.ts';
import { Runs } from './runs.ts';

export interface ProgressMessage {
  type: 'progress' | 'end' | 'error';
  data: object;
}

const interval = 300;

/** Follows a run: a message whenever something changed, the last one when it has ended. */
@Injectable()
export class RunProgress {
  constructor(
    private readonly runs: Runs,
    private readonly progress: ProgressReader,
  ) {}

  follow(id: string): Observable<ProgressMessage> {
    return new Observable<ProgressMessage>((subscriber) => {
      let timer: NodeJS.Timeout | undefined;
      let last = '';
      const look = async (): Promise<void> => {
        const began = performance.now();
        const run = await this.runs.get(id);
        const data = RunResponse.inProgress(run, await this.progress.of(run));
        const text = JSON.stringify(data);
        if (text !== last) subscriber.next({ type: run.active ? 'progress' : 'end', data });
        last = text;
        if (!run.active) return subscriber.complete();
        // A run of many slices takes longer to sum up: looking must not become work of its own.
        timer = setTimeout(again, Math.max(interval, 5 * (performance.now() - began)));
      };
      const again = (): void => {
        look().catch((error: unknown) => {
          subscriber.next({ type: 'error', data: { message: messageOf(error) } });
          subscriber.complete();
        });
      };
      again();
      return () => clearTimeout(timer);
    });
  }
}
