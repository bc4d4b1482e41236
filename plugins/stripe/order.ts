import { rowIn, textIn, type Row } from '@millrace/sdk';
import { amountOf } from './amount.ts';
import { personOf } from './person.ts';

/** Bank debits and the like are paid, or not, days after the Checkout: https://docs.stripe.com/checkout/fulfillment */
const checkouts = ['completed', 'async_payment_succeeded', 'async_payment_failed'].map(
  (change) => `checkout.session.${change}`,
);

/** What was bought: a payment by Checkout, or an invoice. A Checkout of an invoice or a subscription is told by its invoice. */
export function orderOf(type: string, object: Row): Row | undefined {
  const currency = textIn(object, 'currency')?.toUpperCase();
  const head = { id: object.id, currency, identities: personOf(object) };
  if (checkouts.includes(type) && object.mode === 'payment' && !object.invoice)
    return {
      ...head,
      total: amountOf(object.amount_total, currency),
      status: type.endsWith('_failed') ? 'failed' : object.payment_status,
      at: timeOf(object.created),
    };
  if (type === 'invoice.paid' || type === 'invoice.payment_failed') {
    const { data } = rowIn(object, 'lines') ?? {};
    return {
      ...head,
      total: amountOf(object.total ?? object.amount_paid, currency),
      status: object.status,
      at: timeOf(object.created),
      ...(Array.isArray(data) && { lines: data.map((line) => lineOf(line, currency)) }),
    };
  }
  return undefined;
}

function lineOf(line: unknown, currency: string | undefined): Row {
  const price = rowIn(line, 'price') ?? rowIn(rowIn(line, 'pricing'), 'price_details');
  const { amount, quantity } = line as { amount?: unknown; quantity?: unknown };
  const count = typeof quantity === 'number' && quantity > 0 ? quantity : 1;
  const all = amountOf(amount, currency);
  return {
    id: textIn(line, 'id'),
    product: textIn(price, 'product') ?? textIn(price, 'id'),
    name: textIn(line, 'description'),
    quantity: count,
    price: all === undefined ? undefined : all / count,
  };
}

function timeOf(created: unknown): string | undefined {
  return typeof created === 'number' && created < 1e11 ? new Date(created * 1_000).toISOString() : undefined;
}
