import { createRequire } from 'node:module';
import { Command, Option } from 'commander';
import { addConnections } from './commands/connections.ts';
import { addConnectors } from './commands/connectors.ts';
import { addDemo } from './commands/demo.ts';
import { addDryRun } from './commands/dry-run.ts';
import { addKeys } from './commands/keys.ts';
import { addLogs } from './commands/logs.ts';
import { addPause } from './commands/pause.ts';
import { addPreview } from './commands/preview.ts';
import { addRejects } from './commands/rejects.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addState } from './commands/state.ts';
import { addSyncs } from './commands/syncs.ts';
import { addApply } from './config/apply/command.ts';
import { addExport } from './config/export/command.ts';
import { addContent } from './content/command.ts';
import { addNew } from './new/command.ts';
import { addTry } from './try/command.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The `millrace` command. */
export function program(): Command {
  const root = new Command('millrace')
    .description('Customer data from anywhere into one profile a person, and previews of the mail it personalises')
    .version(version)
    .option('--url <url>', 'the server', process.env.MILLRACE_URL ?? 'http://127.0.0.1:4400')
    .addOption(new Option('--key <key>', 'an API key').env('MILLRACE_KEY')) // no default: help would show it
    .option('--json', 'print what the API answers')
    .exitOverride()
    .showHelpAfterError();
  for (const add of [addDemo, addConnectors, addConnections, addSyncs, addDryRun, addRun, addPause, addState])
    add(root);
  for (const add of [addRuns, addLogs, addRejects, addExport, addApply]) add(root);
  for (const add of [addPreview, addContent, addKeys, addNew, addTry]) add(root);
  return root;
}
