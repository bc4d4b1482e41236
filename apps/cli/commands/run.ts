import type { Command } from 'commander';
import type { RunView } from '../api/views.ts';
import { printRun } from '../output/print-run.ts';
import { syncPath } from './paths.ts';
import { overRest } from './session.ts';

interface RunOptions {
  full?: boolean;
  from?: string;
  to?: string;
  resend?: boolean;
  follow: boolean;
}

export function addRun(root: Command): void {
  const command = root
    .command('run <sync>')
    .description('run a sync now and follow it to its end')
    .option('--full', 'read everything once, and go on from there')
    .option('--from <value>', 'backfill: only rows whose cursor is at least this')
    .option('--to <value>', 'backfill: only rows whose cursor is at most this')
    .option('--resend', 'send rows again even where the destination has them just so')
    .option('--no-follow', 'do not wait for its end');
  overRest(command, async ({ api, print }, id: string, { full, from, to, resend, follow }: RunOptions) => {
    const window = from !== undefined || to !== undefined ? { from, to } : undefined;
    const started = await api.post<RunView>(`${syncPath(id)}/runs`, { full, window, resend });
    if (!follow) return print(started, () => printRun(started));
    const { followRun } = await import('../output/follow-run.ts');
    const run = await followRun(api, started.id, { label: id });
    print(run, () => printRun(run));
    if (run.state !== 'succeeded') process.exitCode = 1;
  });
}
