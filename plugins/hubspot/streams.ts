import type { WebhookStream } from '@millrace/sdk';

const text = { type: 'string', minLength: 1 } as const;

export const streams: Record<string, WebhookStream> = {
  contactProperties: {
    title: 'Properties of contacts',
    description: 'A property of a contact, each time that it changes.',
    key: ['contact', 'property'],
    schema: { type: 'object', properties: { contact: text, property: text }, required: ['contact', 'property'] },
    outputs: {
      profile: {
        'identities.$source': 'contact',
        'identities.email': 'email | trim | lower',
        'identities.phone': 'phone',
        traits: 'traits',
      },
    },
  },
  events: {
    title: 'Events',
    description:
      'Everything that HubSpot tells: what was made, changed, merged, deleted; of contacts and other objects.',
    key: 'id',
    schema: { type: 'object', properties: { id: text, kind: text }, required: ['id', 'kind'] },
    outputs: {
      event: {
        id: 'id',
        name: 'kind',
        at: 'at',
        'identities.$source': 'contact',
        'properties.object': 'objectId',
        'properties.property': 'propertyName',
        'properties.value': 'propertyValue',
        'properties.source': 'changeSource',
      },
    },
  },
};
