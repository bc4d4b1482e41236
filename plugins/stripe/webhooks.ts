import {
  MillraceError,
  objectOf,
  rowIn,
  stripeSignature,
  textIn,
  type DeliveredRecord,
  type Row,
  type Webhooks,
} from '@millrace/sdk';
import { amountOf } from './amount.ts';
import type { StripeConfig } from './config.ts';
import { orderOf } from './order.ts';
import { personOf } from './person.ts';
import { registration } from './registration.ts';

const customerEvents = ['customer.created', 'customer.updated', 'customer.deleted'];

/** https://docs.stripe.com/api/events/object */
export const webhooks: Webhooks<StripeConfig> = {
  verify: stripeSignature(({ signingSecrets }) => signingSecrets),
  id: (delivery) => textIn(objectOf(delivery), 'id'),
  parse(delivery) {
    const event = objectOf(delivery);
    const type = textIn(event, 'type');
    const object = rowIn(rowIn(event, 'data'), 'object');
    if (textIn(event, 'object') !== 'event' || type === undefined || object === undefined)
      throw new MillraceError('malformed_row', 'This is no event of Stripe’s: it has no type, or no data.object.');
    const at = timeOf(event.created);
    const order = orderOf(type, object);
    const records: DeliveredRecord[] = [{ stream: 'events', at, record: eventOf(event, type, object, at) }];
    if (order) records.push({ stream: 'orders', at, record: order });
    if (customerEvents.includes(type))
      records.push({ stream: 'customers', at, record: object, deleted: type === 'customer.deleted' });
    return records;
  },
  registration,
};

function eventOf(event: Row, type: string, object: Row, at: string | undefined): Row {
  const { currency, amount, amount_total, amount_paid, total } = object;
  return {
    id: event.id,
    type,
    at,
    livemode: event.livemode,
    identities: personOf(object),
    amount: amountOf(amount ?? amount_total ?? amount_paid ?? total, currency),
    object,
  };
}

function timeOf(created: unknown): string | undefined {
  return typeof created === 'number' && created < 1e11 ? new Date(created * 1_000).toISOString() : undefined;
}
