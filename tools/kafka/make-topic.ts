import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';

/** Makes a topic that can be written to. The client's own `waitForLeaders` gives up where the broker does not know yet what was just made. */
export async function makeTopic(admin: Admin, topic: ITopicConfig): Promise<void> {
  await admin.createTopics({ topics: [topic], waitForLeaders: false });
  await untilLed(admin, topic.topic, topic.numPartitions ?? 1);
}

/** Waits until so many partitions of a topic have a leader. */
export async function untilLed(admin: Admin, topic: string, count: number): Promise<void> {
  while ((await ledPartitions(admin, topic)) < count) await delay(20); // brokers have no event to await here
}

async function ledPartitions(admin: Admin, topic: string): Promise<number> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.filter(({ leader }) => leader >= 0).length ?? 0;
  } catch (error) {
    if (error instanceof kafkajs.KafkaJSProtocolError && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') return 0;
    throw error;
  }
}
