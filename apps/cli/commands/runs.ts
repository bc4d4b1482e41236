import type { Command } from 'commander';
import type { RunView } from '../api/views.ts';
import { printRun } from '../output/print-run.ts';
import { printTable } from '../output/table.ts';
import { runPath } from './paths.ts';
import { overRest } from './session.ts';

export function addRuns(root: Command): void {
  const runs = root
    .command('runs')
    .description('the last runs')
    .option('--sync <sync>', 'only of this sync')
    .option('--state <state>', 'only in this state')
    .option('--limit <n>', 'how many', '20');
  overRest(runs, async ({ api, print }, query: { sync?: string; state?: string; limit: string }) => {
    print(await api.get<{ data: RunView[] }>('/api/runs', { ...query, limit: Number(query.limit) }), ({ data }) =>
      printTable(
        ['RUN', 'STATE', 'READ', 'WRITTEN', 'REJECTED', 'ENDED', 'REASON'],
        data.map((run) => [
          run.id,
          run.state,
          String(run.ledger.read),
          String(run.ledger.written),
          String(run.ledger.rejected),
          run.endedAt ?? '',
          run.reason ?? '',
        ]),
      ),
    );
  });

  overRest(runs.command('show <run>').description('one run'), async ({ api, print }, id: string) => {
    print(await api.get<RunView>(runPath(id)), printRun);
  });

  for (const [verb, meaning] of [
    ['pause', 'let a run rest; what is read is finished first'],
    ['resume', 'let a paused run go on where it was'],
  ] as const) {
    overRest(runs.command(`${verb} <run>`).description(meaning), async ({ api, print }, id: string) => {
      print(await api.post<RunView>(`${runPath(id)}/${verb}`), printRun);
    });
  }

  for (const [verb, meaning] of [
    ['cancel', 'end a run'],
    ['approve', 'let a held run go on'],
    ['retry', 'try again what failed or was cancelled, in a new run'],
  ] as const) {
    overRest(root.command(`${verb} <run>`).description(meaning), async ({ api, print }, id: string) => {
      print(await api.post<RunView>(`${runPath(id)}/${verb}`), printRun);
    });
  }
}
