import type { IHeaders } from 'kafkajs';
import { messageOf, parseTime, type ConnectorContext, type ErrorCode, type PushRow } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { registryOf } from '../registry/registry.ts';
import { frame } from '../registry/wire-format.ts';

/** A message on its way, without its partition. */
export interface OutgoingMessage {
  topic: string;
  key: Buffer | null;
  value: Buffer | null;
  headers?: IHeaders;
  /** Milliseconds, as text. */
  timestamp?: string;
  partition?: number;
}

/** The row can never be sent like this. */
export class Refused extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export type Encoder = (row: PushRow) => Promise<OutgoingMessage>;

/** Makes messages of rows. Throws `Refused` for a row that cannot be one, and what the registry throws. */
export function encoder(ctx: ConnectorContext<KafkaConfig>): Encoder {
  const { config } = ctx;
  return async ({ op, record }) => {
    const topic = record.topic ?? config.topic;
    if (typeof topic !== 'string' || topic === '') {
      throw new Refused('invalid_row', 'It names no topic. Map `topic`, or give the connection one.');
    }
    const key = keyBytes(record.key);
    if (op === 'delete' && !key) {
      throw new Refused('invalid_row', 'A removal needs a key: it is a message without a value. Map `key`.');
    }
    const value = op === 'delete' ? null : await valueBytes(ctx, topic, record.value);
    const bytes = (key?.length ?? 0) + (value?.length ?? 0);
    if (bytes > config.maxMessageBytes) {
      throw new Refused('row_too_large', `The message has ${bytes} bytes, and may have ${config.maxMessageBytes}.`);
    }
    const { headers, timestamp, partition } = record;
    return {
      topic,
      key,
      value,
      ...(headers !== undefined && headers !== null && { headers: headersOf(headers) }),
      ...(timestamp !== undefined && timestamp !== null && { timestamp: timeOf(timestamp) }),
      ...(typeof partition === 'number' && { partition }),
    };
  };
}

function keyBytes(key: unknown): Buffer | null {
  if (key === undefined || key === null || key === '') return null;
  return Buffer.from(typeof key === 'object' ? JSON.stringify(key) : String(key as string | number));
}

async function valueBytes(ctx: ConnectorContext<KafkaConfig>, topic: string, value: unknown): Promise<Buffer> {
  if (value === undefined || value === null) {
    throw new Refused('invalid_row', 'It has no value. Map `value`; for a tombstone, remove the row.');
  }
  const settings = ctx.config.schemas.find((one) => one.topic === topic);
  if (!settings) return Buffer.from(JSON.stringify(value));
  const registry = registryOf(ctx);
  if (!registry) throw new Refused('invalid_config', `"${topic}" has a schema, and the connection has no registry.`);
  const { id, codec } = await registry.writing(settings);
  try {
    return frame({ schema: id, data: codec.encode(value) });
  } catch (error) {
    throw new Refused('invalid_row', `The value does not fit the schema of "${topic}": ${messageOf(error)}.`);
  }
}

function headersOf(headers: unknown): IHeaders {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw new Refused('invalid_row', '`headers` must be an object of texts.');
  }
  const texts = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    texts.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function timeOf(timestamp: unknown): string {
  const ms = typeof timestamp === 'string' ? parseTime(timestamp) : Number.NaN;
  if (ms >= 0) return String(ms);
  throw new Refused('invalid_row', '`timestamp` must be an ISO time of 1970 or later.');
}
