import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MillraceError, messageOf } from '@millrace/sdk';

const run = promisify(execFile);
const kept = join(import.meta.dirname, '../../.millrace/kafka');
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

export interface MavenFetch {
  /** For people: `Kafka`. */
  what: string;
  /** Of maven-dependency-plugin; it fills `outputDirectory`. */
  goal: 'copy-dependencies' | 'unpack';
  options: string[];
  /** Text of a pom.xml to do it with. */
  pom?: string;
}

/**
 * A folder with what Maven fetches, once.
 * @throws MillraceError `service_unavailable` with what to install
 */
export async function fetchedByMaven({ what, goal, options, pom = '' }: MavenFetch): Promise<string> {
  const name = createHash('sha256')
    .update([goal, ...options, pom].join('\0'))
    .digest('hex')
    .slice(0, 16);
  const folder = join(kept, name);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const scratch = await mkdtemp(join(kept, 'fetching-'));
  try {
    if (pom) await writeFile(join(scratch, 'pom.xml'), pom);
    const draft = join(scratch, 'fetched');
    const args = ['--batch-mode', '--quiet', `${plugin}:${goal}`, ...options, `-DoutputDirectory=${draft}`];
    await run('mvn', args, { cwd: scratch, timeout: 900_000 });
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another spec was faster
    });
    return folder;
  } catch (error) {
    const advice = 'Install Java and Maven (Debian: apt-get install maven), and let it reach Maven Central.';
    throw new MillraceError('service_unavailable', `${what} cannot be had: ${messageOf(error)}. ${advice}`, {
      cause: error,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
