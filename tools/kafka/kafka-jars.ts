import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchedByMaven } from './fetched-by-maven.ts';

/**
 * The folder that holds Kafka's jars (46 MB). Fetched once by Maven.
 * @throws MillraceError `service_unavailable` with what to install
 */
export async function kafkaJars(): Promise<string> {
  const pom = await readFile(join(import.meta.dirname, 'pom.xml'), 'utf8');
  return fetchedByMaven({ what: 'Kafka', goal: 'copy-dependencies', options: ['-DincludeScope=runtime'], pom });
}
