import { MillraceError } from '@millrace/sdk';
import { describeWhere, missingPrograms } from '#tools/testing';

/** `describe` where Kafka can be fetched and started. */
export const describeWithKafka = describeWhere(requirePrograms);

function requirePrograms(): void {
  const missing = missingPrograms(['java', 'mvn', 'openssl']);
  if (missing.length === 0) return;
  const advice = 'Debian: apt-get install openjdk-17-jre-headless maven openssl';
  throw new MillraceError('service_unavailable', `Kafka needs ${missing.join(', ')} (${advice}).`);
}
