import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import colors from 'picocolors';
import type { PreviewView, TokenView } from '../api/views.ts';
import { cell } from '../output/cells.ts';
import { oneLine, plainText } from '../output/plain-text.ts';
import { overRest } from './session.ts';

interface PreviewOptions {
  for?: string;
  file?: string;
  subject: string;
}

export function addPreview(root: Command): void {
  const command = root
    .command('preview [template]')
    .description('a mail as one person would get it: a saved template, or a file')
    .option('--for <identity>', 'an e-mail address or another identity (default: somebody at random)')
    .option('--file <file>', 'a Handlebars file instead of a saved template')
    .option('--subject <text>', 'the subject for --file', 'Preview');
  overRest(command, async ({ api, print }, template: string | undefined, options: PreviewOptions) => {
    const what = options.file
      ? { subject: options.subject, source: await readFile(options.file, 'utf8') }
      : { template: template ?? command.error('Name a saved template, or give --file <file>.') };
    const who = options.for ? { identity: options.for } : { sample: 'random' };
    print(await api.post<PreviewView>('/api/preview', { ...what, ...who }), show);
  });
}

function show({ subject, text, tokens, warnings, page }: PreviewView): void {
  console.log(colors.bold(plainText(subject)));
  console.log(`\n${plainText(text)}\n`);
  const byPath = new Map(tokens.map((token) => [token.path, token]));
  for (const token of byPath.values()) console.log(tokenLine(token));
  for (const { message } of warnings) console.log(`${colors.yellow('warning')} ${plainText(message)}`);
  console.log(`\n${colors.cyan(page)}`);
}

/** `token   firstName "Ann" from shop-customers/rows` */
function tokenLine({ path, value, missing, fallback, origin }: TokenView): string {
  if (missing) {
    const instead = fallback === null ? 'nothing shows' : `${plainText(JSON.stringify(fallback))} shows`;
    return `${colors.yellow('missing')} ${path} ${colors.dim(instead)}`;
  }
  const source = origin && [origin.connectionName ?? origin.connection, origin.stream].filter(Boolean).join('/');
  return `${colors.green('token  ')} ${path} ${cell(value)}${source ? colors.dim(` from ${oneLine(source)}`) : ''}`;
}
