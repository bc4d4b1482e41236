import { Injectable } from '@nestjs/common';
import { messageOf, type JsonSchema, type StreamOrigin } from '@millrace/sdk';
import { heardLog, Log } from '#platform';
import type { Account } from '../runs/ledger.ts';
import type { Run } from '../runs/run.schema.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import type { Output } from './rows/outputs.ts';
import type { RefusedRow } from './rows/row-mapper.ts';

/** What is known of a run once it is planned. */
export interface PlannedRun {
  slices: number;
  /** Expected rows, where the source can tell. */
  expected?: number;
  /** Of the stream's records, where it is known. */
  schema?: JsonSchema;
  /** Where its rows come from, also where another store passes them on. */
  origin: StreamOrigin;
  outputs: Output[];
}

/** A page whose rows are committed. */
export interface CommittedPage {
  account: Account;
  refused: RefusedRow[];
  /** Since the former commit of the turn: reading, mapping and pushing. */
  milliseconds: number;
}

/** A line of a run's log. */
export interface RunNote {
  level: 'info' | 'warn' | 'error';
  message: string;
  /** Without secrets and personal data. */
  fields?: object;
  /** The slice's `id` in its run. */
  slice?: string;
}

/** Is told what happens to runs, in the process where it happens. */
export interface RunObserver {
  runStarted?(run: Run, planned: PlannedRun): void;
  /** A worker begins a turn of a slice; what is returned is called at its end, with the error if it failed. */
  turnStarted?(run: Run, slice: SliceDocument): ((error?: unknown) => void) | undefined;
  pageWritten?(run: Run, slice: SliceDocument, page: CommittedPage): void;
  runEnded?(run: Run): void;
  /** Something that an operator wants to read of the run with that id. */
  noted?(run: string, note: RunNote): void;
}

/** Those who follow the runs of this process: log, metrics, traces, lineage. One that throws is reported, and harms nobody. */
@Injectable()
export class RunObservers {
  readonly #observers: RunObserver[] = [];

  constructor(private readonly log: Log) {}

  add(observer: RunObserver): void {
    this.#observers.push(observer);
  }

  runStarted(run: Run, planned: PlannedRun): void {
    this.#tell((observer) => observer.runStarted?.(run, planned));
  }

  turnStarted(run: Run, slice: SliceDocument): (error?: unknown) => void {
    const ends = this.#tell((observer) => observer.turnStarted?.(run, slice));
    return (error) => {
      for (const end of ends) this.#safely(() => end?.(error));
    };
  }

  pageWritten(run: Run, slice: SliceDocument, page: CommittedPage): void {
    this.#tell((observer) => observer.pageWritten?.(run, slice, page));
  }

  runEnded(run: Run): void {
    this.#tell((observer) => observer.runEnded?.(run));
  }

  note(run: string, note: RunNote): void {
    this.#tell((observer) => observer.noted?.(run, note));
  }

  /** A log whose lines of `info` and up are lines of the run's log, too. */
  logOf(run: string, log: Log, slice?: string): Log {
    return heardLog(log, ({ level, message, fields }) => this.note(run, { level, message, fields, slice }));
  }

  #tell<T>(what: (observer: RunObserver) => T): T[] {
    return this.#observers.flatMap((observer) => {
      const told = this.#safely(() => what(observer));
      return told === undefined ? [] : [told];
    });
  }

  #safely<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'an observer of runs failed');
      return undefined;
    }
  }
}
