import { defineConnector } from '@millrace/sdk';
import { checkCluster } from './check.ts';
import { KafkaConfig } from './config.ts';
import { messageObject } from './destination/message-object.ts';
import { httpSettings } from './http-settings.ts';
import { topicStream } from './source/topic-stream.ts';
import { topicsOf } from './topics.ts';

export default defineConnector({
  id: 'kafka',
  title: 'Apache Kafka',
  description:
    'Follows topics as consumer groups, and sends rows as messages: JSON, or Avro and JSON Schema with a registry.',
  version: '1.0.0',
  config: KafkaConfig,
  http: httpSettings,
  check: checkCluster,
  source: {
    streams: async (ctx) => Object.fromEntries((await topicsOf(ctx)).map((topic) => [topic.name, topicStream(topic)])),
  },
  destination: { objects: { message: messageObject } },
});
