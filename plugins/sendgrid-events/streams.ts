import type { WebhookStream } from '@millrace/sdk';

/** The names of Segment's e-mail spec where it has one: https://segment.com/docs/connections/spec/email/ */
const names = {
  processed: 'Email Processed',
  deferred: 'Email Deferred',
  delivered: 'Email Delivered',
  dropped: 'Email Dropped',
  bounce: 'Email Bounced',
  open: 'Email Opened',
  click: 'Email Link Clicked',
  spamreport: 'Email Marked as Spam',
  unsubscribe: 'Unsubscribed',
  group_unsubscribe: 'Left Unsubscribe Group',
  group_resubscribe: 'Joined Unsubscribe Group',
};

const text = { type: 'string', minLength: 1 } as const;

export const streams: Record<string, WebhookStream> = {
  events: {
    title: 'Events',
    description: 'What became of mails: delivered, opened, clicked, bounced, complained about, unsubscribed from.',
    key: 'sg_event_id',
    schema: {
      type: 'object',
      properties: { sg_event_id: text, email: text, event: text, timestamp: { type: 'integer' } },
      required: ['sg_event_id', 'email', 'event', 'timestamp'],
    },
    outputs: {
      event: {
        id: 'sg_event_id',
        name: `event | lookup(${JSON.stringify(names)}, 'Email Event')`,
        at: "timestamp | date('s')",
        'identities.email': 'email | trim | lower',
        'properties.message': 'sg_message_id',
        'properties.url': 'url',
        'properties.reason': 'reason',
        'properties.status': 'status',
        'properties.type': 'type',
        'properties.category': 'category | json',
        'properties.machine_open': 'sg_machine_open',
        'properties.group': 'asm_group_id',
      },
      consent: {
        'identities.email': 'consent.email | trim | lower',
        channel: 'consent.channel',
        purpose: 'consent.purpose',
        state: 'consent.state',
        at: 'consent.at',
        evidence: 'consent.evidence',
      },
    },
  },
};
