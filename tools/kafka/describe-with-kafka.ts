import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

/**
 * `describe` where Kafka can run; elsewhere the suite is reported as skipped, with what to install. CI installs it, so there a missing one is an
 * error.
 */
export const describeWithKafka: typeof describe | typeof describe.skip = hasKafka() ? describe : describe.skip;

function hasKafka(): boolean {
  if (process.env.CI) return true;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = ['java', 'mvn', 'openssl'].filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  if (missing.length > 0)
    process.stdout.write(
      `Skipped: Kafka needs ${missing.join(', ')} (Debian: apt-get install openjdk-17-jre-headless maven openssl).\n`,
    );
  return missing.length === 0;
}
