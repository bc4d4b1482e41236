import { isUtf8 } from 'node:buffer';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import {
  compilePath,
  messageOf,
  parseJson,
  type ErrorCode,
  type Json,
  type Key,
  type PageReject,
  type Row,
} from '@millrace/sdk';
import { UnusableSchema, type Registry } from '../registry/registry.ts';
import { unframe } from '../registry/wire-format.ts';
import type { MessageRecord } from './message-record.ts';

/** What a message is: a record, the removal of what its key names, or something that cannot be used. */
export type ReadMessage =
  | { record: MessageRecord; reject?: undefined; deleted?: undefined }
  | { deleted: Key; record?: undefined; reject?: undefined }
  | { reject: PageReject; record?: undefined; deleted?: undefined };

export type MessageReader = (message: KafkaMessage, partition: number) => Promise<ReadMessage>;

export interface ReaderOptions {
  topic: string;
  /** Fields that name a record of the stream. */
  key: string[];
  keys: 'json' | 'text';
  values: 'json' | 'text';
  registry?: Registry;
}

class Unreadable extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Makes records of messages. Rejects when the registry cannot be asked; everything else that is wrong is told by the result. */
export function messageReader({ topic, key: fields, keys, values, registry }: ReaderOptions): MessageReader {
  const named = fields.map((field) => compilePath(field));
  return async (message, partition) => {
    const offset = Number(message.offset);
    const place = `${topic}/${partition}/${offset}`;
    try {
      const key = message.key ? await valueOf(message.key, keys, 'key', registry) : null;
      const headers = textHeaders(message.headers);
      const timestamp = new Date(timeOf(message)).toISOString();
      const id = textOf(key) || place;
      const known = { id, key, headers, timestamp, topic, partition, offset };
      if (message.value !== null) {
        const value = await valueOf(message.value, values, 'value', registry);
        return { record: { ...known, value, place } };
      }
      return { deleted: removedKey(named, message.key ? known : {}) };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const raw = { topic, partition, offset, key: rawText(message.key), value: rawText(message.value) };
      return { reject: { raw, position: place, code: error.code, message: error.message } };
    }
  };
}

/** The last millisecond that a date can have. */
const lastTime = 8.64e15;

/** Milliseconds. Messages of very old producers have no time, and of some one that is no date (nanoseconds): they count as of now. */
export function timeOf({ timestamp }: Pick<KafkaMessage, 'timestamp'>): number {
  const ms = Number(timestamp);
  return ms >= 0 && ms <= lastTime ? ms : Date.now();
}

async function valueOf(bytes: Buffer, format: 'json' | 'text', what: string, registry?: Registry): Promise<Json> {
  const framed = unframe(bytes);
  if (framed) return decoded(framed, what, registry);
  if (!isUtf8(bytes)) throw new Unreadable('invalid_encoding', `The ${what} is not UTF-8 text, and names no schema.`);
  const text = bytes.toString('utf8');
  if (format === 'text') return text;
  try {
    return parseJson(text);
  } catch (error) {
    throw new Unreadable('malformed_row', `The ${what} is not JSON: ${messageOf(error)}.`);
  }
}

async function decoded(
  { schema, data }: { schema: number; data: Buffer },
  what: string,
  registry: Registry | undefined,
): Promise<Json> {
  if (!registry) {
    throw new Unreadable('malformed_row', `The ${what} names schema ${schema}, and the connection has no registry.`);
  }
  let codec;
  try {
    codec = await registry.codecOf(schema);
  } catch (error) {
    if (!(error instanceof UnusableSchema)) throw error;
    throw new Unreadable('malformed_row', `The ${what} cannot be decoded: ${error.message}.`);
  }
  try {
    return codec.decode(data) as Json;
  } catch (error) {
    throw new Unreadable('malformed_row', `The ${what} does not fit its schema ${schema}: ${messageOf(error)}.`);
  }
}

function removedKey(named: ((row: Row) => unknown)[], place: Row): Key {
  const key = named.map((path) => path(place));
  if (key.length > 0 && key.every(isKeyValue)) return key;
  throw new Unreadable(
    'malformed_row',
    'It has no value, so it removes what its key names, but the sync’s records are not named by that. Let the sync’s key be `id`, or fields below `key`.',
  );
}

function isKeyValue(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function textHeaders(headers: IHeaders = {}): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(headerText) : value === undefined ? null : headerText(value),
    ]),
  );
}

/** Headers are bytes; those that are no text are told in base64. */
function headerText(value: Buffer | string): string {
  if (typeof value === 'string') return value;
  return isUtf8(value) ? value.toString('utf8') : value.toString('base64');
}

function textOf(key: Json): string {
  if (key === null) return '';
  return typeof key === 'object' ? JSON.stringify(key) : String(key);
}

function rawText(bytes: Buffer | null): Json {
  if (bytes === null) return null;
  return isUtf8(bytes) && !unframe(bytes) ? bytes.toString('utf8') : { base64: bytes.toString('base64') };
}
