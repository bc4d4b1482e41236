import type { Command } from 'commander';
import type { SyncView } from '../api/views.ts';
import { syncPath } from './paths.ts';
import { overRest } from './session.ts';

interface StateOptions {
  set?: string;
  reset?: boolean;
}

export function addState(root: Command): void {
  const command = root
    .command('state <sync>')
    .description('where the next run of a sync starts')
    .option('--set <json>', 'start there, e.g. \'{"cursor":"2026-01-01T00:00:00Z"}\'')
    .option('--reset', 'read everything again');
  overRest(command, async ({ api, print }, id: string, { set, reset }: StateOptions) => {
    if (set !== undefined && reset) command.error('Give --set or --reset, not both.');
    const sync =
      set === undefined && !reset
        ? await api.get<SyncView>(syncPath(id))
        : await api.put<SyncView>(`${syncPath(id)}/starts-from`, { startsFrom: reset ? null : parsed(set, command) });
    const startsFrom = sync.startsFrom ?? null;
    print(startsFrom, () =>
      console.log(startsFrom === null ? 'The next run reads everything.' : JSON.stringify(startsFrom)),
    );
  });
}

function parsed(json = '', command: Command): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return command.error('--set must be JSON, as `millrace state <sync>` shows it.');
  }
}
