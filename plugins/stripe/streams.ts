import type { WebhookStream } from '@millrace/sdk';

const id = { type: 'string', minLength: 1 } as const;
const object = { type: 'object', additionalProperties: true } as const;

export const streams: Record<string, WebhookStream> = {
  customers: {
    title: 'Customers',
    description: 'Customers as Stripe has them: made, changed and deleted.',
    key: 'id',
    schema: { type: 'object', properties: { id }, required: ['id'] },
    outputs: {
      profile: {
        'identities.$source': 'id',
        'identities.email': 'email | trim | lower',
        'identities.phone': 'phone',
        'traits.name': 'name',
        'traits.city': 'address.city',
        'traits.country': 'address.country',
        'traits.language': 'preferred_locales[0]',
      },
    },
  },
  orders: {
    title: 'Orders',
    description: 'Payments by Checkout, and invoices with their lines.',
    key: 'id',
    schema: { type: 'object', properties: { id, identities: object }, required: ['id', 'identities'] },
    outputs: {
      order: {
        id: 'id',
        identities: 'identities',
        at: 'at',
        total: 'total',
        currency: 'currency',
        status: 'status',
        lines: 'lines',
      },
    },
  },
  events: {
    title: 'Events',
    description: 'Every event, with the person that it is about and `object` as it came.',
    key: 'id',
    schema: { type: 'object', properties: { id, type: id, object }, required: ['id', 'type', 'object'] },
    outputs: {
      event: {
        id: 'id',
        name: 'type',
        at: 'at',
        identities: 'identities',
        'properties.object': 'object.id',
        'properties.amount': 'amount',
        'properties.currency': 'object.currency | upper',
        'properties.status': 'object.status',
        'properties.description': 'object.description',
      },
    },
  },
};
