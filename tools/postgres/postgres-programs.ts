import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MillraceError } from '@millrace/sdk';

const debianFolder = '/usr/lib/postgresql';

/**
 * The folder that holds `initdb` and `postgres`: of the PATH, or Debian's newest (Debian keeps them off the PATH).
 * @throws MillraceError `service_unavailable` with what to install
 */
export function postgresPrograms(path = process.env.PATH ?? '', debian = debianFolder): string {
  const folders = [...path.split(delimiter), ...debianVersions(debian)];
  const found = folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
  if (found !== undefined) return found;
  const advice = 'Install PostgreSQL (Debian: apt-get install postgresql; macOS: brew install postgresql).';
  throw new MillraceError(
    'service_unavailable',
    `PostgreSQL is not here: neither the PATH nor ${debian} holds initdb and postgres. ${advice}`,
  );
}

function debianVersions(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const newestFirst = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => join(folder, version, 'bin'));
}
