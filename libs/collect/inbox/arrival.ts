import { hashText } from '#platform';
import type { InboxItem } from './inbox-item.schema.ts';

/** Something that arrived, before it has its place. */
export type Arrival = Pick<InboxItem, '_id' | 'source' | 'receivedAt' | 'json' | 'fault' | 'identities'>;

/** What recognises a repeat of a source's message. */
export function inboxId(source: string, messageId: string): string {
  return hashText(JSON.stringify([source, messageId]));
}
