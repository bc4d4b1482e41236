import type { Command } from 'commander';
import type { SyncView } from '../api/views.ts';
import { plainText } from '../output/plain-text.ts';
import { printTable } from '../output/table.ts';
import { syncPath } from './paths.ts';
import { readJson } from './read-json.ts';
import { overRest } from './session.ts';

export function addSyncs(root: Command): void {
  const sync = root
    .command('sync')
    .description('the syncs; with a subcommand: show or put one')
    .option('--label <label>', 'only those with this label');
  overRest(sync, async ({ api, print }, { label }: { label?: string }) => {
    const syncs: SyncView[] = [];
    for await (const one of api.all<SyncView>('/api/syncs', { label })) syncs.push(one);
    print(syncs, () =>
      printTable(
        ['SYNC', 'NAME', 'STATE', 'REASON'],
        syncs.map(({ slug, id, name, state, reason }) => [slug ?? id, name, state, reason]),
      ),
    );
  });

  overRest(sync.command('show <sync>').description('one sync'), async ({ api }, id: string) => {
    console.log(JSON.stringify(await api.get(syncPath(id)), null, 2));
  });

  overRest(
    sync.command('put <slug> <file>').description('make the sync of that slug be what a JSON file says'),
    async ({ api, print }, slug: string, file: string) => {
      print(await api.put<SyncView>(syncPath(slug), await readJson(file)), ({ name, state, reason }) =>
        console.log(plainText(`${name}: ${state}. ${reason}`)),
      );
    },
  );
}
