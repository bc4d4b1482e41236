import { eachOfList, objectOf, sendgridSignature, textIn, type Webhooks } from '@millrace/sdk';
import type { SendgridEventsConfig } from './config.ts';
import { consentOf } from './consent.ts';

/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
export const webhooks: Webhooks<SendgridEventsConfig> = {
  verify: sendgridSignature(({ verificationKeys }) => verificationKeys),
  split: eachOfList,
  id: (delivery) => textIn(objectOf(delivery), 'sg_event_id'),
  parse(delivery, { groupPurposes }) {
    const event = objectOf(delivery);
    const at = typeof event.timestamp === 'number' ? timeOf(event.timestamp) : undefined;
    const consent = consentOf(event, groupPurposes);
    return [
      {
        stream: 'events',
        at,
        record: { ...event, ...(consent && { consent: { ...consent, email: event.email, at } }) },
      },
    ];
  },
};

function timeOf(seconds: number): string | undefined {
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000).toISOString() : undefined;
}
