import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MillraceError, messageOf } from '@millrace/sdk';

const run = promisify(execFile);
const pom = join(import.meta.dirname, 'pom.xml');
const kept = join(import.meta.dirname, '../../.millrace/kafka');
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/**
 * The folder that holds Kafka's jars (46 MB). Fetched once by Maven.
 * @throws MillraceError `service_unavailable` with what to install
 */
export async function kafkaJars(): Promise<string> {
  const name = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 16);
  const folder = join(kept, name);
  if (existsSync(folder)) return folder;
  await mkdir(kept, { recursive: true });
  const scratch = await mkdtemp(join(kept, 'fetching-'));
  try {
    await copyFile(pom, join(scratch, 'pom.xml'));
    const draft = join(scratch, 'jars');
    const options = ['-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
    await run('mvn', ['--batch-mode', '--quiet', copyDependencies, ...options], { cwd: scratch, timeout: 300_000 });
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another spec was faster
    });
    return folder;
  } catch (error) {
    const advice = 'Install Java and Maven (Debian: apt-get install maven), and let it reach Maven Central.';
    throw new MillraceError('service_unavailable', `Kafka cannot be had: ${messageOf(error)}. ${advice}`, {
      cause: error,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
