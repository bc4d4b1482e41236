import type { Command } from 'commander';
import type { ContentTestOptions } from './run-content-tests.ts';

export function addContent(root: Command): void {
  const content = root.command('content').description('mails that are kept as files');
  const collect = (slug: string, all: string[] = []): string[] => [...all, slug];
  content
    .command('test [paths...]')
    .description(
      'compose the mails of folders and files of YAML for made-up people, and compare them with the stored ones; needs no server',
    )
    .option('--update', 'store what the mails are now')
    .option('--template <slug>', 'only this template (may be repeated)', collect)
    .addHelpText('after', '\nEnds with 0 when every mail is as it is stored, else with 1.')
    .action(async (paths: string[], options: ContentTestOptions, command: Command) => {
      const { runContentTests } = await import('./run-content-tests.ts'); // heavy: loads what composes mails
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      const allWell = await runContentTests(paths.length === 0 ? ['.'] : paths, options, json === true);
      if (!allWell) process.exitCode = 1;
    });
}
