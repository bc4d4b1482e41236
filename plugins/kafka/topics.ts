import type { ConnectorContext } from '@millrace/sdk';
import { withAdmin } from './client/with-admin.ts';
import type { KafkaConfig } from './config.ts';

/** Topics that Kafka and its companions keep for themselves: consumer offsets, transactions, schemas. */
const internal = /^_/;

/** The topics that the user may see, without internal ones, sorted. */
export async function topicNames(ctx: ConnectorContext<KafkaConfig>): Promise<string[]> {
  const names = await withAdmin(ctx, (admin) => admin.listTopics());
  return names.filter((name) => !internal.test(name)).sort();
}
