import { createHash } from 'node:crypto';
import type { Delivery, Webhooks } from '../connector/index.ts';

const longest = 500;

/** Names a body, whoever sends it. */
export function bodyHash({ body }: Pick<Delivery, 'body'>): string {
  return hashOf(body);
}

function hashOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** What recognises a repeat: as the connector says, else the body. What cannot be understood has no other name either. */
export function deliveryId({ id }: Pick<Webhooks, 'id'>, delivery: Delivery): string {
  try {
    const told = id?.(delivery);
    if (told === undefined || told === '') return bodyHash(delivery);
    return told.length > longest ? hashOf(told) : told;
  } catch {
    return bodyHash(delivery);
  }
}
