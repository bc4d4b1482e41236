import { createHash } from 'node:crypto';
import {
  eachOfList,
  hubspotSignature,
  MillraceError,
  objectOf,
  textIn,
  type DeliveredRecord,
  type Webhooks,
} from '@millrace/sdk';
import type { HubspotConfig } from './config.ts';
import { kindOf } from './kind-of.ts';
import { registration } from './registration.ts';

/** https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide#webhook-payloads */
export const webhooks: Webhooks<HubspotConfig> = {
  verify: hubspotSignature(({ clientSecrets }) => clientSecrets),
  split: eachOfList,
  // HubSpot says that `eventId` is not unique; a repeat differs in nothing but the number of the attempt.
  id(delivery) {
    const { attemptNumber: _, ...event } = objectOf(delivery);
    return createHash('sha256').update(JSON.stringify(event)).digest('base64url');
  },
  parse(delivery) {
    const event = objectOf(delivery);
    const kind = kindOf(event);
    const object = event.objectId ?? event.fromObjectId; // an association is told of the one that it starts from
    const contact = textIn({ object }, 'object');
    if (kind === undefined || contact === undefined)
      throw new MillraceError('malformed_row', 'This is no notification of HubSpot’s: it has no kind, or no objectId.');
    const at =
      typeof event.occurredAt === 'number' ? new Date(Math.min(event.occurredAt, 8e15)).toISOString() : undefined;
    const isContact = kind.startsWith('contact.');
    const id = webhooks.id?.(delivery);
    const records: DeliveredRecord[] = [
      { stream: 'events', at, record: { ...event, objectId: object, id, kind, at, ...(isContact && { contact }) } },
    ];
    const property = textIn(event, 'propertyName');
    if (kind === 'contact.propertyChange' && property !== undefined) {
      const value = event.propertyValue ?? null;
      const known = identityOf(property, value);
      records.push({
        stream: 'contactProperties',
        at,
        record: { contact, property, value, at, traits: { [property]: value }, ...known },
      });
    }
    return records;
  },
  registration,
};

function identityOf(property: string, value: unknown): object {
  return (property === 'email' || property === 'phone') && value !== '' ? { [property]: value } : {};
}
