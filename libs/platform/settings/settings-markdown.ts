import { settingsTable } from './settings-table.ts';

/** The text of docs/settings.md. */
export function settingsMarkdown(): string {
  const rows = settingsTable.map((row) => {
    const plain = row.default?.(false);
    const fallback = row.defaultNote ?? (plain ? `\`${plain}\`` : 'none');
    const example = row.secret && !row.example.includes('://') ? row.example : `\`${row.example}\``;
    return [`\`${row.key}\``, row.description, fallback, example];
  });
  return `# Settings

<!-- Made from the tables in libs/platform/settings/*-settings.ts: change them there, then run
     node --import ./tools/typescript/register.mjs libs/platform/settings/write-markdown.ts -->

Millrace is configured by environment variables. Lists are separated by commas; booleans are \`true\` or \`false\`. All faults are
reported at once at the start, and an unknown \`MILLRACE_\` variable is a warning that names the nearest known one.

${table([['Variable', 'Meaning', 'Default', 'Example'], ...rows])}

${settingsTable
  .filter((row) => row.secret)
  .map((row) => `\`${row.key}\``)
  .join(', ')} hold secrets: each may be given as a file instead, by adding
\`_FILE\` to the name (\`MILLRACE_MASTER_KEY_FILE=/run/secrets/master-key\`).
`;
}

/** A Markdown table in the layout that prettier gives it. */
function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].join('\n');
}
