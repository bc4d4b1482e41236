import type { WebhookStream } from '@millrace/sdk';

export const streams: Record<string, WebhookStream> = {
  events: {
    title: 'Events',
    description: 'What the sender has told: `type`, `timestamp`, and `data` as it came.',
    key: 'id',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        type: { type: 'string', minLength: 1, examples: ['user.created'] },
        timestamp: { type: 'string' },
        data: {},
      },
      required: ['id', 'type', 'timestamp', 'data'],
    },
    outputs: {
      event: {
        id: 'id',
        name: 'type',
        at: 'timestamp | date',
        'identities.email': 'data.email',
        'identities.user': 'data.user_id',
        properties: 'data',
      },
    },
  },
};
