import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MillraceError, messageOf } from '@millrace/sdk';
import { compilerAdvice } from './compiler.ts';

const run = promisify(execFile);
const kept = join(import.meta.dirname, '../../.millrace/lambda');
const version = '3.3.0';

/** The package's own node-gyp does not know Pythons from 3.12 on. */
const overrides = { 'node-gyp': '11.4.2' };

/**
 * The folder of `aws-lambda-ric` with its native part, which the package's own scripts build (curl, aws-lambda-cpp, and a module of C++: half a
 * minute). Fetched and built once.
 * @throws MillraceError `service_unavailable` with what to install
 */
export async function runtimeClient(): Promise<string> {
  const folder = join(kept, `${version}-native`);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const scratch = await mkdtemp(join(kept, 'building-'));
  try {
    const dependencies = { 'aws-lambda-ric': version };
    await writeFile(join(scratch, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
    const options = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', ['install', ...options], { cwd: scratch, timeout: 1_800_000, env: environment(), maxBuffer: 1e8 });
    const client = join(scratch, 'node_modules/aws-lambda-ric');
    if (!existsSync(join(client, 'dist/rapid-client.node'))) throw new Error('its native part was not built');
    await rename(client, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another spec was faster
    });
    return folder;
  } catch (error) {
    const why = `AWS's runtime client cannot be had: ${messageOf(error)}`;
    throw new MillraceError('service_unavailable', `${why}. ${compilerAdvice}`, { cause: error });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Node's own headers, where it came with them: they need not be fetched. */
function environment(): NodeJS.ProcessEnv {
  const installed = join(process.execPath, '../..');
  const hasHeaders = existsSync(join(installed, 'include/node/node_api.h'));
  return { ...process.env, MAKEFLAGS: '-j2', ...(hasHeaders && { npm_config_nodedir: installed }) };
}
