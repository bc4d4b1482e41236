import type { Command } from 'commander';
import colors from 'picocolors';
import type { LogLineView } from '../api/views.ts';
import { cell } from '../output/cells.ts';
import { oneLine } from '../output/plain-text.ts';
import { runPath } from './paths.ts';
import { overRest } from './session.ts';

const paint = { info: (text: string) => text, warn: colors.yellow, error: colors.red };

export function addLogs(root: Command): void {
  const command = root
    .command('logs <run>')
    .description('what happened to a run, line by line')
    .option('--level <level>', 'only info, warn or error');
  overRest(command, async ({ api, print }, id: string, { level }: { level?: string }) => {
    const lines: LogLineView[] = [];
    for await (const line of api.all<LogLineView>(`${runPath(id)}/log`, { level })) lines.push(line);
    print(lines, () => {
      for (const line of lines) console.log(lineText(line));
    });
  });
}

function lineText({ at, level, message, slice, fields }: LogLineView): string {
  const place = slice ? colors.dim(` [${oneLine(slice)}]`) : '';
  const details = fields ? colors.dim(` ${cell(fields)}`) : '';
  return `${colors.dim(at)} ${paint[level](level.padEnd(5))}${place} ${oneLine(message)}${details}`;
}
