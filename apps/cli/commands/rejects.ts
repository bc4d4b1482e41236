import type { Command } from 'commander';
import type { RejectView } from '../api/views.ts';
import { printTable } from '../output/table.ts';
import { runPath } from './paths.ts';
import { overRest } from './session.ts';

export function addRejects(root: Command): void {
  overRest(
    root.command('rejects <run>').description('the rows of a run that were refused, and why'),
    async ({ api, print }, id: string) => {
      const rejects: RejectView[] = [];
      for await (const reject of api.all<RejectView>(`${runPath(id)}/rejects`)) rejects.push(reject);
      print(rejects, () =>
        printTable(
          ['POSITION', 'CODE', 'MESSAGE', 'ORIGINAL'],
          rejects.map(({ position, code, message, raw }) => [position ?? '', code, message, raw.slice(0, 100)]),
        ),
      );
    },
  );
}
