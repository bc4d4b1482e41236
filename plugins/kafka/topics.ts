import type { Admin } from 'kafkajs';
import { messageOf, type ConnectorContext } from '@millrace/sdk';
import { withAdmin } from './client/with-admin.ts';
import type { KafkaConfig } from './config.ts';

/** Topics that Kafka and its companions keep for themselves: consumer offsets, transactions, schemas. */
const internal = /^_/;
const cleanupPolicy = 'cleanup.policy';
/** Of one request. */
const maxTopics = 500;

export interface Topic {
  name: string;
  /** Kafka keeps the last message of each key only: a message replaces what its key names. */
  compacted: boolean;
}

/** The topics that the user may see, without internal ones, sorted. */
export async function topicsOf(ctx: ConnectorContext<KafkaConfig>): Promise<Topic[]> {
  return withAdmin(ctx, async (admin) => {
    const names = (await admin.listTopics()).filter((name) => !internal.test(name)).sort();
    const compacted = await compactedOf(admin, names).catch((error: unknown) => {
      // The user lacks DescribeConfigs, for one.
      ctx.log.info({ error: messageOf(error) }, 'Kafka does not tell which topics are compacted: none count as such');
      return new Set<string>();
    });
    return names.map((name) => ({ name, compacted: compacted.has(name) }));
  });
}

async function compactedOf(admin: Admin, names: string[]): Promise<Set<string>> {
  const { ConfigResourceTypes } = (await import('kafkajs')).default;
  const found = new Set<string>();
  for (let from = 0; from < names.length; from += maxTopics) {
    const resources = names.slice(from, from + maxTopics).map((name) => ({
      ...{ type: ConfigResourceTypes.TOPIC, name, configNames: [cleanupPolicy] },
    }));
    const answer = await admin.describeConfigs({ includeSynonyms: false, resources });
    for (const { resourceName, configEntries } of answer.resources) {
      const policy = configEntries.find(({ configName }) => configName === cleanupPolicy)?.configValue ?? '';
      if (policy.includes('compact')) found.add(resourceName);
    }
  }
  return found;
}
