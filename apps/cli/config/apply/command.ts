import type { Command } from 'commander';
import colors from 'picocolors';
import { overRest, type Session } from '../../commands/session.ts';

interface ApplyOptions {
  plan?: boolean;
  as?: string;
  prune?: boolean;
  yes?: boolean;
}

const codes = '--plan ends with 0 when there is nothing to do, 2 when there are changes, 1 when something is wrong.';

export function addApply(root: Command): void {
  const command = root
    .command('apply <paths...>')
    .description('make the server’s configuration what folders and files of YAML say (`-`: standard input)')
    .option('--plan', 'only show what would change')
    .option(
      '--as <name>',
      'note that this makes things in that name (connections and syncs get the label `managed-by:<name>`)',
    )
    .option('--prune', 'remove what was made with the same --as and is not in the files any more')
    .option('--yes', 'remove it without asking')
    .addHelpText('after', `\n${codes}`);
  overRest(command, async (session, paths: string[], options: ApplyOptions) => {
    if (options.as !== undefined && !/^[A-Za-z0-9._-]{1,40}$/.test(options.as))
      command.error('--as must be letters, digits and . _ -, at most 40.');
    if (options.prune && !options.as)
      command.error('--prune needs --as <name>: it removes only what was made under that name.');
    await apply(session, paths, options);
  });
}

async function apply({ api, print }: Session, paths: string[], options: ApplyOptions): Promise<void> {
  const { contentTestKind } = await import('../documents/document.ts');
  const { readDocuments } = await import('../documents/read-documents.ts');
  const { readServer } = await import('../server/server-state.ts');
  const { unreadLine } = await import('../server/unread-line.ts');
  const { checkAll } = await import('./check-all.ts');
  const { planFor } = await import('./plan.ts');
  const { isPending, planText } = await import('./plan-text.ts');
  const { planJson } = await import('./plan-json.ts');
  const documents = (await readDocuments(paths)).filter(({ kind }) => kind !== contentTestKind);
  if (documents.length === 0) throw await nothingThere(paths);
  const state = await readServer(api);
  const leftOut = unreadLine(state);
  if (leftOut !== undefined) console.error(colors.yellow(leftOut));
  const plan = await planFor(await checkAll(documents, state, process.env), state, api, {
    owner: options.as,
    prune: options.prune,
  });
  print(planJson(plan), () => console.log(planText(plan)));
  if (options.plan) process.exitCode = isPending(plan) ? 2 : 0;
  if (options.plan || !isPending(plan)) return;
  const { confirmRemovals, requireRoles } = await import('./permission.ts');
  const { carryOut } = await import('./carry-out.ts');
  await requireRoles(plan, api);
  if (!options.yes) await confirmRemovals(plan);
  await carryOut(plan, api, (line) => console.error(`${colors.green('✓')} ${line}`));
}

/** An empty folder is a mistake more often than a wish, and with --prune a costly one. */
async function nothingThere(paths: string[]): Promise<Error> {
  const { MillraceError } = await import('@millrace/sdk');
  return new MillraceError('bad_request', `There is no YAML in ${paths.join(', ')}. Nothing was changed.`);
}
