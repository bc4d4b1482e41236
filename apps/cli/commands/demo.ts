import { join } from 'node:path';
import type { Command } from 'commander';
import { runToEnd } from '#tools/bootstrap';

const runner = join(import.meta.dirname, '..', '..', '..', 'tools', 'bootstrap', 'run.mjs');

export function addDemo(root: Command): void {
  root
    .command('demo')
    .description('an example shop on embedded services, from files to previews')
    .option('--once', 'end when everything has been shown')
    .action(async (options: { once?: boolean }) => {
      process.exitCode = await runToEnd(process.execPath, [runner, 'demo', ...(options.once ? ['--once'] : [])]);
    });
}
