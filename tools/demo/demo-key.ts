import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '#platform';

/** The demo's admin key: the given one, else one that is made once and kept beside the demo's data. */
export function demoKey({ adminKey, dataDir }: Pick<Settings, 'adminKey' | 'dataDir'>): string {
  if (adminKey) return adminKey;
  const file = join(dataDir, 'demo.key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = `demo_${randomBytes(24).toString('hex')}`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
