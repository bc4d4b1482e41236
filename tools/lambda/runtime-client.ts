import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kept = join(import.meta.dirname, '../../.millrace/lambda');
const version = '3.3.0';

/** The folder of `aws-lambda-ric`, fetched once; its native part is not built (see native-client.cjs). */
export async function runtimeClient(): Promise<string> {
  const folder = join(kept, version);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const scratch = await mkdtemp(join(kept, 'fetching-'));
  try {
    await run('npm', ['pack', `aws-lambda-ric@${version}`, '--pack-destination', scratch, '--silent'], {
      cwd: scratch,
    });
    const [archive = ''] = await readdir(scratch);
    await run('tar', ['-xzf', join(scratch, archive), '-C', scratch]);
    await writeFile(join(scratch, 'package/dist/rapid-client.node'), '');
    await rename(join(scratch, 'package'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another spec was faster
    });
    return folder;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
