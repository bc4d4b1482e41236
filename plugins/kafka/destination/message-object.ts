import { object, ok, rejected, type Outcome, type Peek, type PushContext, type PushRow } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { encoder, Refused, type Encoder, type OutgoingMessage } from './encode.ts';
import { releaseSender, senderOf } from './senders.ts';

/** Overhead of JSON and of record batches, below the brokers' usual max.message.bytes (1,048,588). */
const batchBytes = 900_000;

/** Messages of any topic. A removal becomes a message without a value (a tombstone), which compaction and consumers understand. */
export const messageObject = object<KafkaConfig>({
  title: 'Message',
  description: 'A message of a topic; removals become tombstones.',
  key: ['topic', 'key'],
  modes: ['upsert', 'insert', 'mirror', 'delete'],
  idempotency: 'none', // within a session the brokers drop repeats; after a crash nobody knows
  batch: { records: 2_000, bytes: batchBytes },
  schema: {
    type: 'object',
    properties: {
      topic: { type: 'string', description: 'Without: the topic of the connection.' },
      key: { type: ['string', 'number', 'object', 'null'], description: 'Says the partition, as Java clients do.' },
      value: { description: 'JSON, or what the topic’s schema takes.' },
      headers: { type: 'object', description: 'Texts.' },
      timestamp: { type: 'string', format: 'date-time', description: 'Without: when it is sent.' },
      partition: { type: 'integer', minimum: 0, description: 'Instead of the one that the key says.' },
    },
  },
  async push(ctx, rows) {
    if (rows.length === 0) return [];
    const { outcomes, messages } = await encoded(ctx, rows);
    const sent = await senderOf(ctx).send([...messages.values()]);
    [...messages.keys()].forEach((row, i) => (outcomes[row] = sent[i] as Outcome));
    return outcomes as Outcome[];
  },
  async peek(ctx, rows) {
    const { outcomes } = await encoded(ctx, rows);
    return rows.map((row, i): Peek => {
      const outcome = outcomes[i] ?? ok();
      return { outcome, ...(outcome.status === 'ok' && row.op === 'upsert' && { after: row.record }) };
    });
  },
  finish: async (ctx) => releaseSender(ctx),
});

/** By index of their row, the messages that can be sent, and the outcomes of those that cannot. */
async function encoded(
  ctx: PushContext<KafkaConfig>,
  rows: PushRow[],
): Promise<{ outcomes: (Outcome | undefined)[]; messages: Map<number, OutgoingMessage> }> {
  const encode: Encoder = encoder(ctx);
  const outcomes: (Outcome | undefined)[] = rows.map(() => undefined);
  const messages = new Map<number, OutgoingMessage>();
  for (const [index, row] of rows.entries()) {
    try {
      messages.set(index, await encode(row));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      outcomes[index] = rejected(error.code, error.message);
    }
  }
  return { outcomes, messages };
}
