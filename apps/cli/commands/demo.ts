import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';

const runner = join(import.meta.dirname, '..', '..', '..', 'tools', 'bootstrap', 'run.mjs');

export function addDemo(root: Command): void {
  root
    .command('demo')
    .description('an example shop on embedded services, from files to previews')
    .option('--once', 'end when everything has been shown')
    .action(async (options: { once?: boolean }) => {
      const child = spawn(process.execPath, [runner, 'demo', ...(options.once ? ['--once'] : [])], {
        stdio: 'inherit',
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
