import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a Python program with the packages of a folder; gives what it printed, and rejects with it when it fails. */
export async function runPython(packages: string, program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PYTHONPATH: packages };
  const { stdout } = await run('python3', ['-c', program, ...args], { env, timeout: 240_000 });
  return stdout;
}
