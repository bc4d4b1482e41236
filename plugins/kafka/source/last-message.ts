import { createHash } from 'node:crypto';
import { isObject, type Json } from '@millrace/sdk';
import type { KafkaMessage } from 'kafkajs';

/** What is kept of the last message that was read, to know it again: brokers do not say whether a topic of that name is still the same one. */
export interface LastMessage {
  offset: number;
  /** Of time, key and value. */
  hash: string;
}

export function lastMessage({ offset, timestamp, key, value }: KafkaMessage): LastMessage {
  const hash = createHash('sha256').update(`${timestamp}/${key?.length ?? '-'}/${value?.length ?? '-'}/`);
  for (const bytes of [key, value]) if (bytes) hash.update(bytes);
  return { offset: Number(offset), hash: hash.digest('base64url').slice(0, 11) };
}

/** Undefined: nothing was read, or it was stored before this was kept. */
export function lastMessageIn(json: Json | undefined): LastMessage | undefined {
  if (!isObject(json)) return undefined;
  const { offset, hash } = json;
  return typeof offset === 'number' && typeof hash === 'string' ? { offset, hash } : undefined;
}
