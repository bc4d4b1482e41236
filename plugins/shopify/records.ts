import { rowIn, textIn, type DeliveredRecord, type Row } from '@millrace/sdk';

/** What has a customer in it; a merge, for one, only names two. */
const customerChanges = ['create', 'update', 'delete', 'enable', 'disable'];

/** What a payload means, by the first part of its topic. */
export function recordsOf(topic: string, payload: Row): DeliveredRecord[] {
  const [subject = '', change] = topic.split('/');
  const at = textIn(payload, 'updated_at') ?? textIn(payload, 'created_at');
  const deleted = change === 'delete';
  switch (subject) {
    case 'customers':
      if (!customerChanges.includes(change ?? '')) return [];
      return [
        {
          stream: 'customers',
          at,
          deleted,
          record: { ...payload, consent: consentOf(payload.email, payload, 'email') },
        },
      ];
    case 'customers_email_marketing_consent':
      return [{ stream: 'customers', record: choiceOf(payload, 'email', textIn(payload, 'email_address')) }];
    case 'customers_marketing_consent':
      return [{ stream: 'customers', record: choiceOf(payload, 'sms', textIn(payload, 'phone')) }];
    case 'orders':
      return [{ stream: 'orders', at, deleted, record: deleted ? payload : { ...payload, state: stateOf(payload) } }];
    case 'checkouts':
      return deleted ? [] : [{ stream: 'checkouts', at, record: checkoutOf(payload, change, at) }];
    default:
      return [];
  }
}

/** A checkout is begun and completed once, whatever is told of it within the same second, or afterwards. */
function checkoutOf(payload: Row, change: string | undefined, at: string | undefined): Row {
  const token = textIn(payload, 'token') ?? textIn(payload, 'id');
  const completed = textIn(payload, 'completed_at');
  const checkout = { ...payload, token };
  if (completed !== undefined)
    return { ...checkout, key: `${token}/completed`, name: 'Checkout Completed', at: completed };
  if (change === 'create') return { ...checkout, key: `${token}/started`, name: 'Checkout Started', at };
  return { ...checkout, key: `${token}/updated/${at ?? change}`, name: 'Checkout Updated', at };
}

/** A choice alone: the rest of the customer was not told, so it must not become a part of the profile. */
function choiceOf(payload: Row, channel: 'email' | 'sms', address: string | undefined): Row {
  const id = textIn(payload, 'customer_id') ?? textIn(payload, 'id');
  return { id: `${id}/${channel}`, consent: consentOf(address, payload, channel) };
}

/** https://shopify.dev/docs/api/admin-graphql/latest/enums/CustomerEmailMarketingState: what is neither yes nor no is no choice. */
function consentOf(address: unknown, payload: Row, channel: 'email' | 'sms'): Row | undefined {
  const told = rowIn(payload, `${channel}_marketing_consent`);
  const state = { subscribed: 'granted', unsubscribed: 'denied' }[textIn(told, 'state') ?? ''];
  if (state === undefined || typeof address !== 'string' || address === '') return undefined;
  const identities = channel === 'email' ? { email: address } : { phone: address };
  const evidence = { from: 'Shopify', optIn: textIn(told, 'opt_in_level') };
  return { channel, purpose: 'marketing', state, at: textIn(told, 'consent_updated_at'), identities, evidence };
}

function stateOf(order: Row): string | undefined {
  if (order.cancelled_at) return 'cancelled';
  return textIn(order, 'fulfillment_status') ?? textIn(order, 'financial_status');
}
