import { MillraceError, type ConnectorContext } from '@millrace/sdk';
import type { KafkaConfig } from './config.ts';
import { registryOf } from './registry/registry.ts';
import { topicsOf } from './topics.ts';

/** Signs in, and makes sure that there is a topic; asks the registry, if there is one. */
export async function checkCluster(ctx: ConnectorContext<KafkaConfig>): Promise<void> {
  const { config } = ctx;
  if (config.from === 'timestamp' && !config.fromTime) {
    throw new MillraceError('invalid_config', '"Begin at" is timestamp, so "Begin at the time" must say which.');
  }
  const topics = await topicsOf(ctx);
  if (topics.length === 0) {
    throw new MillraceError(
      'permission_denied',
      'The user sees no topic. Grant Describe and Read on the topics, or make one.',
    );
  }
  if (config.topic && !topics.some(({ name }) => name === config.topic)) {
    throw new MillraceError('invalid_config', `There is no topic "${config.topic}". Make it, or name another.`);
  }
  await registryOf(ctx)?.check();
}
