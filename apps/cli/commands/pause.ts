import type { Command } from 'commander';
import type { SyncView } from '../api/views.ts';
import { plainText } from '../output/plain-text.ts';
import { syncPath } from './paths.ts';
import { overRest } from './session.ts';

/** `pause` and `resume`: one sync, or all with a label. */
export function addPause(root: Command): void {
  for (const paused of [true, false]) {
    const command = root
      .command(`${paused ? 'pause' : 'resume'} [sync]`)
      .description(paused ? 'let a sync, or all with a label, rest' : 'let a sync, or all with a label, go on')
      .option('--label <label>', 'all syncs with this label');
    overRest(command, async ({ api, print }, sync: string | undefined, { label }: { label?: string }) => {
      if ((sync === undefined) === (label === undefined)) command.error('Name a sync, or give --label <label>.');
      const verb = paused ? 'pause' : 'resume';
      const changed =
        sync === undefined
          ? (await api.post<{ data: SyncView[] }>(`/api/syncs/${verb}`, { label })).data
          : [await api.patch<SyncView>(syncPath(sync), { paused })];
      print(changed, () => {
        for (const { slug, id, state, reason } of changed) console.log(`${slug ?? id}: ${state}. ${plainText(reason)}`);
        if (changed.length === 0) console.log(`No sync has the label "${label}".`);
      });
    });
  }
}
