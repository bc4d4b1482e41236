import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingReference } from '@millrace/sdk';
import { format } from 'prettier';

export const mappingsPath = join(import.meta.dirname, '..', '..', 'docs', 'mappings.md');

const block = /(<!-- transforms:[^>]*-->)[\s\S]*(<!-- \/transforms -->)/;

/** docs/mappings.md as it should be: its table of transforms is the code's own. */
export async function mappingsPage(): Promise<string> {
  const rows = mappingReference().map(
    ({ args, description, example }) => `| \`${cell(args)}\` | ${cell(description)} | \`${cell(example)}\` |`,
  );
  const table = ['| transform | what it does | example |', '| --- | --- | --- |', ...rows].join('\n');
  const page = readFileSync(mappingsPath, 'utf8').replace(
    block,
    (_, start: string, end: string) => `${start}\n${table}\n${end}`,
  );
  return format(page, { parser: 'markdown', printWidth: 120, singleQuote: true, trailingComma: 'all' });
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
