import { posix } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';

/** Where the files of one run's export are. */
export interface ExportPaths {
  /** The finished file of a run that ends at a time. */
  outputAt: (end: Date) => string;
  format: 'csv' | 'jsonl';
  /** Parts of a run sort by the place of their first row. */
  partPath: (seq: number, batchId: string) => string;
  partPattern: string;
  /** Says which file the output is, from before it is made: the end that is repeated on the next day is to make no second one. */
  chosenPath: string;
  /** Says that the output is complete, while the parts are removed. */
  donePath: string;
}

/** Whether each run writes a file of its own: a date does not, as a second run of a day replaces the first one's. */
export function keepsRunsApart({ output = '' }: Pick<FileConfig, 'output'>): boolean {
  return output.includes('{run}');
}

/** Throws `invalid_config` when `output` is missing or no plain path. */
export function exportOf(config: FileConfig, run: string): ExportPaths {
  const pattern = config.output;
  if (pattern === undefined) {
    throw new MillraceError(
      'invalid_config',
      'This connection only reads: "output" is not set. Set it to the file to write.',
    );
  }
  const name = run.replaceAll(/[^\w-]/g, '_');
  const ofRun = pattern.replaceAll('{run}', name);
  const onDay = (day: string) => ofRun.replaceAll('{date}', day);
  if (/[*?[\]{}()!\\]/.test(onDay(''))) {
    throw new MillraceError(
      'invalid_config',
      `"output" is ${pattern}: write a plain path; only {run} and {date} are filled in.`,
    );
  }
  const folder = posix.dirname(ofRun.replace(/\{date\}.*/s, 'date')); // above the first date: it changes while the run goes on
  const hidden = (rest: string) => posix.join(folder, `.${name}${rest}`);
  return {
    outputAt: (end) => onDay(end.toISOString().slice(0, 10)),
    format: config.outputFormat ?? (/\.(jsonl|ndjson)$/i.test(ofRun) ? 'jsonl' : 'csv'),
    partPath: (seq, batchId) => hidden(`-${String(seq).padStart(12, '0')}-${batchId.replaceAll(/[^\w-]/g, '_')}.part`),
    partPattern: hidden('-*.part'),
    chosenPath: hidden('.chosen'),
    donePath: hidden('.done'),
  };
}
