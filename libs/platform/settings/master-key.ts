import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import { isMasterKey } from '../crypto/index.ts';
import { errorCodeOf } from '../errors/error-code.ts';
import type { Settings } from './settings.ts';

/**
 * The master key: the one of the settings; outside production else the one in `<dataDir>/master.key`, made (mode 0600) at the
 * first start and also put into `settings.masterKey`. Throws `invalid_settings` in production without one, or when the file is broken.
 */
export function ensureMasterKey(settings: Settings): string {
  if (settings.masterKey !== undefined) return settings.masterKey;
  if (settings.production) {
    throw new MillraceError(
      'invalid_settings',
      'MILLRACE_MASTER_KEY is missing: make one with `openssl rand -base64 32` and keep it safe.',
    );
  }
  const file = join(settings.dataDir, 'master.key');
  const key = read(file) ?? create(file, settings.dataDir);
  if (!isMasterKey(key)) {
    throw new MillraceError(
      'invalid_settings',
      `${file} does not hold a master key. Restore it from a backup; only if nothing was stored yet, delete it.`,
    );
  }
  settings.masterKey = key;
  return key;
}

function create(file: string, folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file); // whole or not at all, and never over the key of a process that was faster
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
