import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPip } from '#tools/services';

const kept = join(import.meta.dirname, '../../.millrace/python');

/** A folder for PYTHONPATH with these packages of PyPI, as pip names them with their exact versions. Fetched once. */
export async function pythonPackages(...requirements: string[]): Promise<string> {
  const name = createHash('sha256').update(requirements.join(' ')).digest('hex').slice(0, 16);
  const folder = join(kept, name);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const scratch = await mkdtemp(join(kept, 'fetching-'));
  try {
    const pip = await findPip(scratch);
    const draft = join(scratch, 'packages');
    await pip(['install', '--quiet', '--disable-pip-version-check', '--target', draft, ...requirements]);
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another spec was faster
    });
    return folder;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
