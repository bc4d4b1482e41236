import { createHash } from 'node:crypto';
import type { Delivery, Webhooks } from '../connector/index.ts';

/** Names a body, whoever sends it. */
export function bodyHash({ body }: Pick<Delivery, 'body'>): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** What recognises a repeat: as the connector says, else the body. What cannot be understood has no other name either. */
export function deliveryId({ id }: Pick<Webhooks, 'id'>, delivery: Delivery): string {
  try {
    const told = id?.(delivery);
    return told === undefined || told === '' ? bodyHash(delivery) : told.slice(0, 500);
  } catch {
    return bodyHash(delivery);
  }
}
