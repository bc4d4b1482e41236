import { execFile } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'bin', 'millrace.mjs');

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the `millrace` command in a process of its own, without colours. */
export function runCli(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  const { MILLRACE_KEY: _key, MILLRACE_URL: _url, NODE_OPTIONS: _options, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...args],
      { env: { ...inherited, NO_COLOR: '1', FORCE_COLOR: undefined, ...env }, timeout: 240_000 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
