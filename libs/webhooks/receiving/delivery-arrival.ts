import { deliveryId, MillraceError, messageOf, type Delivery } from '@millrace/sdk';
import { addressMarksIn, inboxId, type Arrival } from '#collect';
import type { Signer } from '#platform';
import { recordName } from '#tombstones';
import { packDelivery, type StoredDelivery } from '../store/index.ts';
import type { Hook } from './hook.ts';

export type DeliveryArrival = Arrival &
  Pick<StoredDelivery, 'deliveryId' | 'bytes' | 'records' | 'notUnderstood' | 'replayOf'>;

/** What a verified delivery becomes in the inbox. One that cannot be understood is kept, too. */
export function arrivalOf(hook: Hook, delivery: Delivery, signer: Pick<Signer, 'hmac'>): DeliveryArrival {
  const id = deliveryId(hook.webhooks, delivery);
  const text = delivery.body.toString('utf8');
  return {
    _id: inboxId(hook.id, id),
    source: hook.id,
    receivedAt: delivery.receivedAt,
    json: packDelivery(delivery),
    identities: addressMarksIn(text, signer),
    deliveryId: id,
    bytes: delivery.body.length,
    ...meaningOf(hook, delivery),
  };
}

function meaningOf(hook: Hook, delivery: Delivery): Pick<StoredDelivery, 'records' | 'notUnderstood'> {
  try {
    const named = hook.webhooks.parse(delivery, hook.config).flatMap(({ stream, record }) => {
      const key = hook.keyOf.get(stream)?.(record);
      return key === undefined ? [] : [recordName({ connection: hook.id, stream }, key)];
    });
    return { records: [...new Set(named)] };
  } catch (error) {
    const code = error instanceof MillraceError ? error.code : 'malformed_row';
    return { records: [], notUnderstood: { code, message: messageOf(error).slice(0, 500) } };
  }
}
