import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { messageOf, MillraceError } from '@millrace/sdk';
import type { BrowserCode } from './browser-code.ts';
import { repository, viteProgram } from './paths.ts';

const mostOutput = 20_000;
/** Milliseconds. It takes seconds of a processor, and on a busy machine it gets them late: everybody else goes first. */
const mostTime = 1_800_000;

/**
 * Builds code for browsers into a folder. In a process of its own, so that neither its memory nor its faults are the server's, and behind
 * everybody else who wants the processor.
 *
 * @throws MillraceError `internal` with what Vite said
 */
export async function runVite({ name, sources }: BrowserCode, folder: string, signal: AbortSignal): Promise<void> {
  const args = [viteProgram, 'build', sources, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  const { code, output } = await endOf(args, AbortSignal.any([signal, AbortSignal.timeout(mostTime)]));
  if (code === 0) return;
  throw new MillraceError('internal', `Vite could not build the ${name}: ${toldOf(output) || `it ended with ${code}`}`);
}

function endOf(args: string[], signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const { PATH, HOME, TMPDIR } = process.env; // and none of the server's secrets
    const env = { PATH, HOME, TMPDIR, NODE_ENV: 'production', NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], signal, env });
    let output = '';
    const hear = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-mostOutput));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('spawn', () => stepBack(child.pid));
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error)); // 'close' follows, when nothing of it writes any more
    child.once('close', (code) =>
      failure ? reject(failure) : resolve({ code, output: stripVTControlCharacters(output) }),
    );
  });
}

/** Without the place of this copy, which is nobody's business. */
const toldOf = (output: string): string => output.trim().replaceAll(repository, '');

function stepBack(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, 10);
  } catch (error) {
    if (!/ESRCH|EACCES|EPERM/.test(messageOf(error))) throw error; // it is only a courtesy
  }
}
