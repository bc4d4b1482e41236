import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import { describeWhere } from '#tools/testing';

/** `describe` where Kafka can be fetched and started. */
export const describeWithKafka = describeWhere(requirePrograms);

function requirePrograms(): void {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = ['java', 'mvn', 'openssl'].filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  if (missing.length === 0) return;
  const advice = 'Debian: apt-get install openjdk-17-jre-headless maven openssl';
  throw new MillraceError('service_unavailable', `Kafka needs ${missing.join(', ')} (${advice}).`);
}
