import type { WebhookStream } from '@millrace/sdk';

const text = { type: 'string', minLength: 1 } as const;

export const streams: Record<string, WebhookStream> = {
  events: {
    title: 'Events',
    description: 'CloudEvents with their attributes and extensions; `data` as it came.',
    key: 'key',
    schema: {
      type: 'object',
      properties: {
        key: { ...text, description: 'Source and id: the same for a repeat.' },
        id: text,
        source: { ...text, examples: ['/shop/orders'] },
        type: { ...text, examples: ['com.example.order.created'] },
        specversion: text,
        time: { type: 'string', format: 'date-time' },
        subject: { type: 'string' },
        data: {},
      },
      required: ['key', 'id', 'source', 'type', 'time'],
    },
    outputs: {
      event: {
        id: 'key',
        name: 'type',
        at: 'time | date',
        'identities.email': 'data.email',
        'identities.user': 'data.user_id',
        'properties.source': 'source',
        'properties.subject': 'subject',
        'properties.data': 'data',
      },
    },
  },
};
