import type { Command } from 'commander';
import { printTable } from '../output/table.ts';
import { overRest } from './session.ts';

interface KeyView {
  id: string;
  name: string;
  role: string;
  lastUsedAt?: string;
  revokedAt?: string;
  expiresAt?: string;
}

export function addKeys(root: Command): void {
  const keys = root.command('keys').description('the API keys');
  overRest(keys, async ({ api, print }) => {
    const all: KeyView[] = [];
    for await (const key of api.all<KeyView>('/api/keys')) all.push(key);
    print(all, () =>
      printTable(
        ['ID', 'NAME', 'ROLE', 'LAST USED', 'STATE'],
        all.map((key) => [key.id, key.name, key.role, key.lastUsedAt ?? 'never', stateOf(key)]),
      ),
    );
  });

  const create = keys
    .command('create <name>')
    .description('make a key; it is shown once')
    .requiredOption('--role <role>', 'viewer, marketer, operator or admin');
  overRest(create, async ({ api, print }, name: string, { role }: { role: string }) => {
    print(await api.post<KeyView & { key: string }>('/api/keys', { name, role }), ({ key }) => console.log(key));
  });

  overRest(keys.command('revoke <id>').description('make a key worthless'), async ({ api }, id: string) => {
    await api.delete(`/api/keys/${encodeURIComponent(id)}`);
    console.log('Revoked.');
  });
}

function stateOf({ revokedAt, expiresAt }: KeyView): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt}`;
  if (expiresAt === undefined) return 'valid';
  return Date.parse(expiresAt) > Date.now() ? `valid until ${expiresAt}` : `expired ${expiresAt}`;
}
