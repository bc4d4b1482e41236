import { createHash } from 'node:crypto';

/** Something that a platform delivered: a record, a message, an event, a request. */
export interface Arrival {
  /** The same each time it is delivered, and of nothing else. */
  id: string;
  /** Its bytes, or what the platform has parsed already. */
  content: { bytes: Uint8Array } | { value: unknown };
  /** ISO time at which it came into being, where the platform tells. */
  at?: string;
  /** What it is called there: an EventBridge detail type, a CloudEvents type. */
  name?: string;
}

/** What became of an arrival. kept: Millrace said so, or has nothing to do; refused: it never will be; failed: it is to be delivered again. */
export type Fate =
  { fate: 'kept' } | { fate: 'refused'; code: string; reason: string } | { fate: 'failed'; reason: string };

const longestId = 100;

/** An id of at most 100 characters, which is what Millrace recognises repeats by; a longer one is hashed. */
export function boundedId(...parts: (string | number)[]): string {
  const id = parts.join(':');
  return id.length <= longestId ? id : createHash('sha256').update(id).digest('hex');
}
