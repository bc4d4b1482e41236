import { spawn } from 'node:child_process';
import type { Step } from './step.ts';

/** An npm script as a step; its output is shown only when it fails, so that what is wrong does not drown. */
export function staticCheck(script: string): Step {
  return {
    name: script,
    async run() {
      const { code, output } = await captured('npm', ['run', '--silent', script]);
      if (code !== 0) process.stdout.write(`\n── ${script} ──\n${output.trimEnd()}\n`);
      return { passed: code === 0 };
    },
  };
}

function captured(program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
