import type { Json, Row } from '@millrace/sdk';

/** A message as mappings see it. */
export interface MessageRecord extends Row {
  /** Names it: the key as text; of a message without a key its place. */
  id: string;
  key: Json;
  value: Json;
  headers: Record<string, Json>;
  /** ISO time: of the producer, or of the broker where the topic says LogAppendTime. */
  timestamp: string;
  topic: string;
  partition: number;
  offset: number;
  /** `topic/partition/offset`: names the message. */
  place: string;
}

/** JSON Schema of it, for people and mappings. */
export const messageSchema = {
  type: 'object',
  required: ['id', 'topic', 'partition', 'offset', 'place'],
  properties: {
    id: { type: 'string', description: 'The key as text; of a message without a key its place.' },
    key: { description: 'Text, or what its schema says.' },
    value: { description: 'JSON, or what its schema says.' },
    headers: { type: 'object', description: 'Texts, and lists of texts where a header comes more than once.' },
    timestamp: { type: 'string', format: 'date-time' },
    topic: { type: 'string' },
    partition: { type: 'integer' },
    offset: { type: 'integer' },
    place: { type: 'string', description: 'topic/partition/offset: names the message.' },
  },
};
