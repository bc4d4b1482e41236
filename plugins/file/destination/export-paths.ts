import { posix } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';

/** Where the files of one run's export are. */
export interface ExportPaths {
  /** The finished file. */
  output: string;
  format: 'csv' | 'jsonl';
  /** Parts of a run sort by the place of their first row. */
  partPath: (seq: number, batchId: string) => string;
  partPattern: string;
  /** Says that the output is complete, while the parts are removed. */
  donePath: string;
}

/** Throws `invalid_config` when `output` is missing or no plain path. */
export function exportOf(config: FileConfig, run: string, now: Date = new Date()): ExportPaths {
  const pattern = config.output;
  if (pattern === undefined) {
    throw new MillraceError(
      'invalid_config',
      'This connection only reads: "output" is not set. Set it to the file to write.',
    );
  }
  const name = run.replaceAll(/[^\w-]/g, '_');
  const output = pattern.replaceAll('{run}', name).replaceAll('{date}', now.toISOString().slice(0, 10));
  if (/[*?[\]{}()!\\]/.test(output)) {
    throw new MillraceError(
      'invalid_config',
      `"output" is ${pattern}: write a plain path; only {run} and {date} are filled in.`,
    );
  }
  const folder = posix.dirname(output);
  const hidden = (rest: string) => posix.join(folder, `.${name}${rest}`);
  return {
    output,
    format: config.outputFormat ?? (/\.(jsonl|ndjson)$/i.test(output) ? 'jsonl' : 'csv'),
    partPath: (seq, batchId) => hidden(`-${String(seq).padStart(12, '0')}-${batchId.replaceAll(/[^\w-]/g, '_')}.part`),
    partPattern: hidden('-*.part'),
    donePath: hidden('.done'),
  };
}
