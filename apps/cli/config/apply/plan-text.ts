import colors from 'picocolors';
import type { Json } from '@millrace/sdk';
import { cell } from '../../output/cells.ts';
import { plainText } from '../../output/plain-text.ts';
import type { Resource } from '../server/server-state.ts';
import type { Difference } from './difference.ts';
import { linesChanged } from './lines-changed.ts';
import type { Plan } from './plan.ts';

const signs = { create: colors.green('+'), change: colors.yellow('~'), unchanged: ' ' };
const mostNames = 20;

/** What a plan would do, resource by resource, and a sum. */
export function planText({ steps, removals, onlyOnServer }: Plan): string {
  const shown = steps
    .filter(({ action }) => action !== 'unchanged')
    .flatMap(({ action, kind, document, differences, unasked = [] }) => [
      `${signs[action]} ${action} ${kind.name} ${colors.bold(document.slug)}`,
      ...differences.flatMap(differenceLines),
      ...unasked.map(unaskedLine),
    ]);
  const gone = removals.flatMap(({ resource, usedBy }) => [
    `${colors.red('-')} remove ${resource.kind.name} ${colors.bold(resource.slug)}${ownWords(resource)}`,
    ...usersLines(usedBy),
  ]);
  const count = (wanted: string): number => steps.filter(({ action }) => action === wanted).length;
  const sum = `${count('create')} to create, ${count('change')} to change, ${removals.length} to remove, ${count('unchanged')} unchanged.`;
  const names = onlyOnServer.slice(0, mostNames).map(({ kind, slug }) => `${kind.name} ${slug}`);
  const more = onlyOnServer.length > names.length ? ` and ${onlyOnServer.length - names.length} more` : '';
  const others = names.length > 0 ? [colors.dim(`Only on the server: ${names.join(', ')}${more}.`)] : [];
  return [...shown, ...gone, sum, ...others].join('\n');
}

/** Whether there is anything to do. */
export function isPending({ steps, removals }: Plan): boolean {
  return removals.length > 0 || steps.some(({ action }) => action !== 'unchanged');
}

function differenceLines({ path, before, after, note }: Difference): string[] {
  const name = `    ${path.join('.')}`;
  if (note) return [`${name} ${colors.cyan(note)}`];
  if (isText(after) && (before === undefined || typeof before === 'string')) {
    if (before === undefined) return [`${name} ${after.split('\n').length} lines`];
    return [name, ...linesChanged(before, after).map((line) => `      ${paint(plainText(line))}`)];
  }
  if (before === undefined) return [`${name} ${shown(after)}`];
  return [`${name} ${shown(before)} → ${shown(after)}`];
}

/** Where the slug is only for files: two names may differ by their letters' case alone. */
function ownWords({ kind, slug, name }: Resource): string {
  return kind.named === undefined || name === slug ? '' : ` (${plainText(name)})`;
}

function usersLines(users: Resource[]): string[] {
  if (users.length === 0) return [];
  const names = users.map(({ kind, slug }) => `${kind.name} ${slug}`).join(', ');
  return [`    ${colors.dim(`after ${names}, which ${users.length > 1 ? 'use' : 'uses'} it`)}`];
}

function unaskedLine(connection: string): string {
  return `    ${colors.dim(`not rehearsed: whether connection ${connection}, which these files make or change, has what this names`)}`;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : cell(typeof value === 'string' ? JSON.stringify(value) : value);
}

function paint(line: string): string {
  return line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : colors.dim(line);
}
