import { rowIn, textIn, type Row } from '@millrace/sdk';

/** Whom an object of Stripe's is about: its customer's id, and addresses wherever the object has them. */
export function personOf(object: Row): Row {
  const customer = textIn(object, 'customer') ?? textIn(rowIn(object, 'customer'), 'id');
  const details = rowIn(object, 'customer_details') ?? rowIn(object, 'billing_details');
  return {
    $source: textIn(object, 'object') === 'customer' ? textIn(object, 'id') : customer,
    email:
      ['email', 'customer_email', 'receipt_email'].map((name) => textIn(object, name)).find(Boolean) ??
      textIn(details, 'email'),
    phone: textIn(object, 'phone') ?? textIn(object, 'customer_phone') ?? textIn(details, 'phone'),
  };
}
