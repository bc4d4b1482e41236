import { bearerToken, eachOfList, type Delivery, type Webhooks } from '@millrace/sdk';
import type { CloudeventsConfig } from './config.ts';
import { eventOf } from './event-of.ts';
import { handshake } from './handshake.ts';

const batch = 'application/cloudevents-batch';

export const webhooks: Webhooks<CloudeventsConfig> = {
  verify: bearerToken(({ tokens }) => tokens),
  handshake,
  split(delivery: Delivery): Delivery[] {
    if (!delivery.headers['content-type']?.toLowerCase().startsWith(batch)) return [delivery];
    const headers = { ...delivery.headers, 'content-type': 'application/cloudevents+json' };
    return eachOfList({ ...delivery, headers });
  },
  // "Consumers MAY assume that events with identical source and id are duplicates."
  id: (delivery) => idOf(eventOf(delivery)),
  parse(delivery) {
    const event = eventOf(delivery);
    const time = typeof event.time === 'string' ? event.time : undefined;
    return [
      {
        stream: 'events',
        at: time,
        record: { ...event, time: time ?? delivery.receivedAt.toISOString(), key: idOf(event) },
      },
    ];
  },
};

function idOf({ source, id }: { source?: unknown; id?: unknown }): string {
  return JSON.stringify([source, id]);
}
