import { InvalidArgumentError, type Command } from 'commander';
import type { TryOptions } from './try-connector.ts';

export function addTry(root: Command): void {
  root
    .command('try <folder>')
    .description('run a connector in this process, without server or databases: its contract checks, and some rows')
    .option('--config <file>', 'a connection’s config as JSON: talks to the real thing (default: its fixtures)')
    .option('--stream <name>', 'the stream to show rows of (default: the first)')
    .option('--limit <n>', 'how many rows', wholeNumber, 10)
    .option('--thorough', 'with --config: also the checks that read every stream whole, several times')
    .action(async (folder: string, options: TryOptions) => {
      const { tryConnector } = await import('./try-connector.ts'); // heavy: loads what judges plugins
      const passed = await tryConnector(folder, options);
      if (!passed) process.exitCode = 1;
    });
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 1_000) return number;
  throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
}
