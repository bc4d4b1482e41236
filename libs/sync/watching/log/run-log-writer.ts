import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog, Log, Regularly } from '#platform';
import type { RunNote } from '../../engine/run-observers.ts';
import { LineIds } from './line-ids.ts';
import { RunLogStore, type OfferedLine } from './run-log-store.ts';

const flushEvery = 1_000;
/** Lines that wait in memory while the database cannot be reached. */
const mostWaiting = 10_000;
const longestMessage = 2_000;
const longestFields = 4_000;

/** Stores the lines of runs' logs behind the back of those who write them: a log never slows or breaks a run. */
@Injectable()
export class RunLogWriter implements OnApplicationShutdown {
  private readonly ids = new LineIds();
  private readonly flushing: Regularly;
  private waiting: OfferedLine[] = [];
  private lost = 0;

  constructor(
    private readonly store: RunLogStore,
    private readonly log: Log,
  ) {
    this.flushing = new Regularly(
      flushEvery,
      () => this.storeWaiting(),
      new FailureLog(log, 'logs of runs could not be stored; it is tried again').tell,
    );
  }

  /** @param always keep it although the log is full */
  add(run: string, { level, message, fields, slice }: RunNote, always = false): void {
    if (this.waiting.length >= mostWaiting) return void this.lost++;
    const at = new Date();
    const text = fieldsText(fields);
    this.waiting.push({
      _id: this.ids.next(at),
      run,
      at,
      level,
      message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message,
      ...(text !== undefined && { fields: text }),
      ...(slice !== undefined && { slice }),
      always,
    });
  }

  /** Stores what this process has to say so far. */
  flush(): Promise<void> {
    return this.flushing.now();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flushing.stop();
    const lines = this.waiting.length;
    if (lines > 0) this.log.warn({ lines }, 'lines of runs’ logs are lost: they could not be stored before the end');
  }

  private async storeWaiting(): Promise<void> {
    if (this.lost > 0)
      this.log.warn({ lines: this.lost }, 'lines of runs’ logs were lost: they came faster than they were stored');
    this.lost = 0;
    const byRun = grouped(this.waiting);
    this.waiting = [];
    let failure: unknown;
    for (const [run, lines] of byRun) {
      try {
        await this.store.store(run, lines);
      } catch (error) {
        failure = error;
        this.waiting = [...lines, ...this.waiting].slice(0, mostWaiting);
      }
    }
    if (failure !== undefined) throw failure as Error;
  }
}

function grouped(lines: OfferedLine[]): Map<string, OfferedLine[]> {
  const byRun = new Map<string, OfferedLine[]>();
  for (const line of lines) {
    const known = byRun.get(line.run);
    if (known) known.push(line);
    else byRun.set(line.run, [line]);
  }
  return byRun;
}

function fieldsText(fields: object | undefined): string | undefined {
  if (!fields || Object.keys(fields).length === 0) return undefined;
  const text = JSON.stringify(fields);
  return text.length > longestFields ? JSON.stringify({ note: 'The fields were too long to be kept.' }) : text;
}
