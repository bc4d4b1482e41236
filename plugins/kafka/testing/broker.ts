import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin, type Kafka as Client, type Message, type Producer } from 'kafkajs';
import { configSpec } from '@millrace/sdk';
import { testContext, testHttp, type TestContext, type TestContextOptions } from '@millrace/sdk/testing';
import { makeTopic, startKafka, untilLed, type Kafka } from '#tools/kafka';
import { KafkaConfig } from '../config.ts';
import { httpSettings } from '../http-settings.ts';

interface ReceivedMessage {
  partition: number;
  key?: string;
  value?: Buffer;
  headers: object;
  /** Milliseconds, as text. */
  timestamp: string;
}

/** A Kafka for specs, with a client of its own to look at it from outside. */
export class Broker {
  readonly client: Client;
  readonly admin: Admin;
  #producer: Producer;

  private constructor(readonly kafka: Kafka) {
    const { Kafka: ClientClass, logLevel } = kafkajs;
    this.client = new ClientClass({
      brokers: [kafka.broker],
      logLevel: logLevel.NOTHING,
      retry: { retries: 30, maxRetryTime: 500 },
    });
    this.admin = this.client.admin();
    this.#producer = this.#newProducer();
  }

  static async start(): Promise<Broker> {
    const broker = new Broker(await startKafka());
    await broker.admin.connect();
    await broker.#producer.connect();
    return broker;
  }

  async stop(): Promise<void> {
    await this.admin.disconnect();
    await this.#producer.disconnect();
    await this.kafka.stop();
  }

  async topic(topic: string, numPartitions = 1, entries: Record<string, string> = {}): Promise<string> {
    const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }));
    await makeTopic(this.admin, { topic, numPartitions, configEntries });
    return topic;
  }

  async addPartitions(topic: string, count: number): Promise<void> {
    await this.admin.createPartitions({ topicPartitions: [{ topic, count }] });
    await untilLed(this.admin, topic, count);
    await this.#producer.disconnect();
    this.#producer = this.#newProducer(); // the former one would drop what is sent to partitions that it does not know
    await this.#producer.connect();
  }

  /** Another member joins a group, and leaves it again: the topic's partitions are shared out anew each time. */
  async passBy(groupId: string, topic: string): Promise<void> {
    const guest = this.client.consumer({ groupId });
    const joined = new Promise<void>((resolve) => guest.on(guest.events.GROUP_JOIN, () => resolve()));
    await guest.connect();
    await guest.subscribe({ topic });
    await guest.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
    await joined;
    await guest.disconnect();
  }

  /** Removes a topic, and makes another one of its name. */
  async remake(topic: string): Promise<void> {
    await this.admin.deleteTopics({ topics: [topic] });
    while ((await this.admin.listTopics()).includes(topic)) await delay(20); // brokers have no event to await here
    await this.topic(topic);
    await this.#producer.disconnect();
    this.#producer = this.#newProducer(); // the former one would go on counting
    await this.#producer.connect();
  }

  /** As if the topic kept its messages for too short a time. */
  async removeBefore(topic: string, offset: number): Promise<void> {
    await this.admin.fetchTopicOffsets(topic); // the client has to know the topic's leaders
    await this.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  }

  /** Objects are sent as JSON. */
  async send(topic: string, ...messages: (Omit<Message, 'value'> & { value: unknown })[]): Promise<void> {
    const sent = messages.map(({ value, ...rest }) => ({ ...rest, value: bytesOf(value) }));
    await this.#producer.send({ topic, messages: sent });
  }

  /** Messages until there are so many of the topic's partitions, from their beginning. */
  async messages(topic: string): Promise<ReceivedMessage[]> {
    const ends = await this.admin.fetchTopicOffsets(topic);
    const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const found: ReceivedMessage[] = [];
    if (wanted === 0) return found;
    const consumer = this.client.consumer({ groupId: `look-${topic}-${Date.now()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ partition, message }) => {
            const { key, value, headers = {}, timestamp } = message;
            found.push({ partition, key: key?.toString(), value: value ?? undefined, headers, timestamp });
            if (found.length === wanted) resolve();
          },
        })
        .catch(reject);
    });
    await consumer.disconnect();
    return found;
  }

  #newProducer(): Producer {
    return this.client.producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      ...{ idempotent: true, maxInFlightRequests: 1 }, // what is sent again to a partition that was just made is there once
    });
  }

  config(more: object = {}): object {
    return { brokers: [this.kafka.broker], tls: 'disable', ...more };
  }

  context(more: object = {}, options: TestContextOptions = {}): TestContext<KafkaConfig> {
    const config = configSpec(KafkaConfig).parse(this.config(more));
    return testContext(config, { http: testHttp(httpSettings(config)), ...options });
  }
}

function bytesOf(value: unknown): Buffer | string | null {
  return value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
}
