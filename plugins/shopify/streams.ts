import type { WebhookStream } from '@millrace/sdk';

const id = { type: ['string', 'integer'] };

export const streams: Record<string, WebhookStream> = {
  customers: {
    title: 'Customers',
    description: 'Customers as the shop has them: made, changed and deleted; and their choices.',
    key: 'id',
    schema: { type: 'object', properties: { id }, required: ['id'] },
    outputs: {
      profile: {
        'identities.$source': "admin_graphql_api_id | split('/') | last",
        'identities.email': 'email | trim | lower',
        'identities.phone': 'phone',
        'traits.firstName': 'first_name',
        'traits.lastName': 'last_name',
        'traits.city': 'default_address.city',
        'traits.country': 'default_address.country_code',
        'traits.tags': "tags | split(',')",
        'traits.ordersCount': 'orders_count',
        'traits.totalSpent': 'total_spent | number',
      },
      consent: {
        identities: 'consent.identities',
        channel: 'consent.channel',
        purpose: 'consent.purpose',
        state: 'consent.state',
        at: 'consent.at | date',
        evidence: 'consent.evidence',
      },
    },
  },
  orders: {
    title: 'Orders',
    description: 'Orders with their lines: made, changed, cancelled and deleted.',
    key: 'id',
    schema: { type: 'object', properties: { id }, required: ['id'] },
    outputs: {
      order: {
        id: 'id',
        'identities.$source': 'customer.id',
        'identities.email': 'email | trim | lower',
        at: 'created_at | date',
        total: 'total_price | number',
        currency: 'currency',
        status: 'state',
        lines: {
          each: 'line_items',
          map: { id: 'id', product: 'product_id', name: 'title', quantity: 'quantity', price: 'price | number' },
        },
        'properties.number': 'name',
      },
    },
  },
  checkouts: {
    title: 'Checkouts',
    description:
      'Checkouts that somebody began or went on with, and their lines: what a reminder of an abandoned cart needs.',
    key: 'key',
    schema: { type: 'object', properties: { key: { type: 'string' } }, required: ['key'] },
    outputs: {
      event: {
        id: 'key',
        name: 'name',
        at: 'at | date',
        'identities.$source': 'customer.id',
        'identities.email': 'email | trim | lower',
        'properties.checkout': 'token',
        'properties.url': 'abandoned_checkout_url',
        'properties.total': 'total_price | number',
        'properties.currency': 'currency',
        'properties.products': {
          each: 'line_items',
          map: { product: 'product_id', name: 'title', quantity: 'quantity' },
        },
      },
    },
  },
};
