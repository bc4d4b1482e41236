import { relative, resolve } from 'node:path';
import { Argument, Option, type Command } from 'commander';
import colors from 'picocolors';
import { kinds, type Kind } from './kinds.ts';

const ownPlugins = resolve(import.meta.dirname, '..', '..', '..', 'plugins');

export function addNew(root: Command): void {
  root
    .command('new')
    .description('make a connector that works, with its contract tests')
    .addArgument(new Argument('<what>', 'what to make').choices(['connector']))
    .argument('<id>', 'lower case letters, digits and hyphens; the name of its folder')
    .addOption(
      new Option('--kind <kind>', 'rest reads a REST API, sql a database, push writes to a REST API')
        .choices(kinds)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--in <folder>', 'where to put the connector’s folder').default(ownPlugins, 'plugins'))
    .action(async (_what: string, id: string, options: { kind: Kind; in: string }) => {
      const { writeConnector } = await import('./scaffold.ts');
      const files = await writeConnector({ id, kind: options.kind, parent: options.in });
      const path = resolve(options.in, id);
      const near = relative(process.cwd(), path);
      const folder = near.startsWith('..') ? path : near;
      console.log(`${colors.green('Made')} ${colors.bold(folder)}`);
      for (const file of files) console.log(colors.dim(`  ${file}`));
      console.log(nextSteps(folder, resolve(options.in) === ownPlugins));
    });
}

function nextSteps(folder: string, isOwn: boolean): string {
  const steps = [
    [`npm run millrace -- try ${folder}`, 'its rows, as they would arrive'],
    isOwn
      ? [`npm test -- ${folder}`, 'its contract tests']
      : [`MILLRACE_PLUGINS=${folder} npm start`, 'a server that has it too'],
    [`edit ${folder}/index.ts`, 'make it yours; CONTRIBUTING.md tells how to record real answers'],
  ];
  const width = Math.max(...steps.map(([step = '']) => step.length));
  return ['Next:', ...steps.map(([step = '', what = '']) => `  ${step.padEnd(width)}  ${colors.dim(what)}`)].join('\n');
}
