import type { Command } from 'commander';
import type { RejectView, RunView } from '../api/views.ts';
import { printRun } from '../output/print-run.ts';
import { printTable } from '../output/table.ts';
import { runPath } from './paths.ts';
import { overRest } from './session.ts';

interface Chosen {
  run?: string;
  sync?: string;
  code?: string;
}

export function addRejects(root: Command): void {
  overRest(
    root.command('rejects <run>').description('the rows of a run that were refused, and why'),
    async ({ api, print }, id: string) => {
      const rejects: RejectView[] = [];
      for await (const reject of api.all<RejectView>(`${runPath(id)}/rejects`)) rejects.push(reject);
      print(rejects, () =>
        printTable(
          ['POSITION', 'CODE', 'MESSAGE', 'ORIGINAL'],
          rejects.map(({ position, code, message, raw }) => [position ?? '', code, message, raw?.slice(0, 100) ?? '']),
        ),
      );
    },
  );

  const replay = root
    .command('replay [reject...]')
    .description('map refused rows again, with the mapping of now, and follow that run to its end')
    .option('--sync <sync>', 'all of this sync')
    .option('--run <run>', 'all of this run')
    .option('--code <code>', 'of those only the ones that were refused for this');
  overRest(replay, async ({ api, print }, ids: string[], chosen: Chosen) => {
    const started = await api.post<RunView>('/api/rejects/replay', { ...chosen, ...(ids.length > 0 && { ids }) });
    const { followRun } = await import('../output/follow-run.ts');
    const run = await followRun(api, started.id, { label: 'Replay' });
    print(run, () => printRun(run));
    if (run.state !== 'succeeded') process.exitCode = 1;
  });
}
