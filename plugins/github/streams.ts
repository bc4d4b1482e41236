import type { WebhookStream } from '@millrace/sdk';

export const streams: Record<string, WebhookStream> = {
  events: {
    title: 'Events',
    description: 'What happens in the repository or organisation, by whom; `payload` as it came.',
    key: 'id',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        name: { type: 'string', minLength: 1, examples: ['issues.opened', 'push'] },
        at: { type: 'string', format: 'date-time' },
        sender: { type: 'string' },
        repository: { type: 'string' },
        payload: { type: 'object', additionalProperties: true },
      },
      required: ['id', 'name', 'at', 'payload'],
    },
    outputs: {
      event: {
        id: 'id',
        name: 'name',
        at: 'at',
        'identities.github': 'sender | lower',
        'properties.repository': 'repository',
        'properties.ref': 'payload.ref',
        'properties.title': 'payload.issue.title',
        'properties.url': 'payload.issue.html_url',
      },
    },
  },
};
