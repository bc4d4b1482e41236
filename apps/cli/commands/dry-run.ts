import type { Command } from 'commander';
import type { DryRowView } from '../api/views.ts';
import { printDryRun } from '../output/print-dry-run.ts';
import { overRest } from './session.ts';

export function addDryRun(root: Command): void {
  overRest(
    root
      .command('dry-run <sync>')
      .description('rows as they would arrive, and what they would change; nothing is written')
      .option('--limit <n>', 'how many', '10'),
    async ({ api, print }, id: string, { limit }: { limit: string }) => {
      const answer = await api.post<{ data: DryRowView[] }>('/api/syncs/dry-run', { sync: id, limit: Number(limit) });
      print(answer, ({ data }) => printDryRun(data));
    },
  );
}
