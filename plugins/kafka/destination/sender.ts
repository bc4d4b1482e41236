import type { Admin, Producer } from 'kafkajs';
import { MillraceError, ok, rejected, type ConnectorContext, type Outcome } from '@millrace/sdk';
import { openClient, type KafkaClient } from '../client/open-client.ts';
import type { KafkaConfig } from '../config.ts';
import { untilStopped } from '../client/until-stopped.ts';
import type { OutgoingMessage } from './encode.ts';
import { partitionerOf, type Partitioner } from './partitions.ts';
import { isConnectionsFault, isTooLarge, outcomeOf } from './refusals.ts';

/** Milliseconds for which a topic's partitions are known. */
const topicsMs = 60_000;

interface Session {
  client: KafkaClient;
  admin: Admin;
  producer: Producer;
  compression: number;
  topics: Map<string, { partitioner?: Partitioner; until: number }>;
}

/** Messages of one partition, with their places among all. */
interface Group {
  topic: string;
  partition: number;
  messages: { index: number; message: OutgoingMessage }[];
}

/** Sends messages with an idempotent producer that waits for all replicas. After what it cannot tell the outcome of, it begins a new session. */
export class Sender {
  #session?: Promise<Session>;
  #sending = 0;

  constructor(private readonly ctx: ConnectorContext<KafkaConfig>) {}

  get isBusy(): boolean {
    return this.#sending > 0;
  }

  /** One outcome a message. Throws when none was written, and none will be before somebody sees to it. */
  async send(messages: OutgoingMessage[]): Promise<Outcome[]> {
    this.#sending++;
    try {
      return await this.#send(messages);
    } finally {
      this.#sending--;
    }
  }

  async #send(messages: OutgoingMessage[]): Promise<Outcome[]> {
    const session = await this.#opened();
    const outcomes: Outcome[] = [];
    const groups = await this.#grouped(session, messages, outcomes);
    const sent = await Promise.all(groups.map((group) => this.#sendGroup(session, group, outcomes)));
    const faults = sent.flatMap((error) => (error ? [error] : []));
    if (faults.length === 0) return outcomes;
    await this.close();
    this.ctx.signal.throwIfAborted();
    const [first] = faults;
    if (first && faults.every(isConnectionsFault) && outcomes.every(({ status }) => status === 'retry')) {
      throw session.client.error(first);
    }
    return outcomes;
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined); // whoever opened it was told
    this.#session = undefined;
    if (!session) return;
    const stopping = Promise.all([session.producer.disconnect(), session.admin.disconnect()]);
    await untilStopped(
      stopping.then(() => undefined),
      (error) => this.ctx.log.debug({ error }, 'the connection had ended already'),
    );
    session.client.close();
  }

  #opened(): Promise<Session> {
    this.#session ??= this.#open().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #open(): Promise<Session> {
    const { config, signal } = this.ctx;
    signal.throwIfAborted();
    const client = await openClient(this.ctx);
    const admin = client.kafka.admin();
    const { Partitioners, CompressionTypes } = (await import('kafkajs')).default;
    const producer = client.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1, // keeps the order of a partition
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    try {
      await admin.connect();
      await producer.connect();
    } catch (error) {
      client.close();
      signal.throwIfAborted();
      throw client.error(error);
    }
    const compression = {
      none: CompressionTypes.None,
      gzip: CompressionTypes.GZIP,
      snappy: CompressionTypes.Snappy,
    }[config.compression];
    return { client, admin, producer, compression, topics: new Map() };
  }

  /** By topic and partition, in their order; those that cannot go anywhere get their outcome. */
  async #grouped(session: Session, messages: OutgoingMessage[], outcomes: Outcome[]): Promise<Group[]> {
    await this.#learn(session, new Set(messages.map(({ topic }) => topic)));
    const groups = new Map<string, Group>();
    for (const [index, message] of messages.entries()) {
      const { topic } = message;
      const partitioner = session.topics.get(topic)?.partitioner;
      const partition = partitioner?.(message);
      if (partition === undefined) {
        const what = partitioner
          ? `"${topic}" has no partition ${message.partition}.`
          : `There is no topic "${topic}".`;
        outcomes[index] = rejected('remote_rejected', `${what} Make it, or map another.`);
        continue;
      }
      const name = `${topic}/${partition}`;
      const group = groups.get(name) ?? { topic, partition, messages: [] };
      group.messages.push({ index, message });
      groups.set(name, group);
    }
    return [...groups.values()];
  }

  async #learn({ client, admin, topics }: Session, wanted: Set<string>): Promise<void> {
    const missing = [...wanted].filter((topic) => (topics.get(topic)?.until ?? 0) < Date.now());
    if (missing.length === 0) return;
    try {
      const there = new Set(await admin.listTopics());
      const known = missing.filter((topic) => there.has(topic));
      const { topics: found } = known.length > 0 ? await admin.fetchTopicMetadata({ topics: known }) : { topics: [] };
      const { Partitioners } = (await import('kafkajs')).default;
      const until = Date.now() + topicsMs;
      for (const topic of missing) topics.set(topic, { until: there.has(topic) ? until : 0 });
      for (const { name, partitions } of found) {
        topics.set(name, { until, partitioner: partitionerOf(name, partitions, Partitioners.DefaultPartitioner) });
      }
    } catch (error) {
      await this.close();
      this.ctx.signal.throwIfAborted();
      throw client.error(error);
    }
  }

  /** What went wrong with it. A group that is too large is sent in halves. */
  async #sendGroup(session: Session, group: Group, outcomes: Outcome[]): Promise<unknown> {
    const { topic, partition, messages } = group;
    try {
      const answers = await session.producer.send({
        topic,
        acks: -1,
        timeout: this.ctx.config.timeoutSeconds * 1_000,
        compression: session.compression,
        messages: messages.map(({ message: { key, value, headers, timestamp } }) => ({
          ...{ key, value, headers, timestamp, partition },
        })),
      });
      // kafkajs leaves out what goes to a partition that it does not know yet, and says nothing.
      if (answers.length === 0) throw new MillraceError('remote_error', `${topic}/${partition} has no leader yet.`);
      for (const { index } of messages) outcomes[index] = ok();
      return undefined;
    } catch (error) {
      if (isTooLarge(error) && messages.length > 1) {
        const half = Math.ceil(messages.length / 2);
        const first = await this.#sendGroup(session, { ...group, messages: messages.slice(0, half) }, outcomes);
        return (await this.#sendGroup(session, { ...group, messages: messages.slice(half) }, outcomes)) ?? first;
      }
      const outcome = outcomeOf(error, session.client.error(error));
      for (const { index } of messages) outcomes[index] = outcome;
      return error ?? new MillraceError('remote_error', 'Kafka failed without saying why.');
    }
  }
}
