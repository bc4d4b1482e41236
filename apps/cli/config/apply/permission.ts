import { createInterface } from 'node:readline/promises';
import { MillraceError } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import type { Plan } from './plan.ts';

const roles = ['viewer', 'marketer', 'operator', 'admin'];

/** Before anything is changed: may this key do all of it? Throws `forbidden`. */
export async function requireRoles({ steps, removals }: Plan, api: ApiClient): Promise<void> {
  const { role, name } = await api.get<{ role: string; name: string }>('/api/me');
  const touched = [
    ...steps.filter(({ action }) => action !== 'unchanged'),
    ...removals.map(({ resource }) => resource),
  ].map(({ kind }) => kind);
  const lacking = touched.find((kind) => roles.indexOf(role) < roles.indexOf(kind.role));
  if (!lacking) return;
  throw new MillraceError(
    'forbidden',
    `To change a ${lacking.name} needs the role ${lacking.role}; the key "${name}" has ${role}. Use another key. Nothing was changed.`,
  );
}

/** Asks before something is removed. Throws unless the answer is yes. */
export async function confirmRemovals({ removals }: Plan): Promise<void> {
  if (removals.length === 0) return;
  const names = removals.map(({ resource: { kind, slug } }) => `${kind.name} ${slug}`).join(', ');
  if (!process.stdin.isTTY) throw notConfirmed(`--prune would remove ${names}. Give --yes if that is meant.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Remove ${names}? Type yes to go on: `);
    if (answer.trim() !== 'yes') throw notConfirmed('It was not confirmed.');
  } finally {
    terminal.close();
  }
}

function notConfirmed(message: string): MillraceError {
  return new MillraceError('conflict', `${message} Nothing was changed.`);
}
