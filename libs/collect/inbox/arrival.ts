import { hash } from 'node:crypto';
import { identityHashesIn, type Signer } from '#platform';
import type { InboxItem } from './inbox-item.schema.ts';

/** Something that arrived, before it has its place. */
export type Arrival = Pick<InboxItem, '_id' | 'source' | 'receivedAt' | 'json' | 'fault' | 'identities'>;

/** What recognises a repeat of a source's message: 132 bits of SHA-256. Every item adds to an index in no order, which small keys keep fast. */
export function inboxId(source: string, messageId: string): string {
  return hash('sha256', JSON.stringify([source, messageId]), 'base64url').slice(0, 22);
}

/** An HMAC of an identity as items have it: 96 bits of it find them as surely, and keep the index small. */
export function identityMark(hmac: string): string {
  return hmac.slice(0, 24);
}

/** Marks of the addresses in a text. */
export function addressMarksIn(text: string, signer: Pick<Signer, 'hmac'>): string[] {
  return identityHashesIn(text, signer).map(identityMark);
}
