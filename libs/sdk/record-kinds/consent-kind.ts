import type { RecordKind } from './record-kind.ts';
import { identitiesSchema, timeSchema } from './shared-fields.ts';

export const consentKind: RecordKind = {
  title: 'Consent',
  description: 'Whether an identity may be written to, on a channel, for a purpose. The newest explicit choice counts.',
  version: 1,
  schema: {
    type: 'object',
    properties: {
      identity: { type: ['string', 'null'], title: 'Identity', examples: ['email:ann@example.com'] },
      identities: identitiesSchema,
      channel: { type: 'string', title: 'Channel', examples: ['email'] },
      purpose: { type: ['string', 'null'], title: 'Purpose', default: 'marketing', examples: ['newsletter'] },
      state: { title: 'State', enum: ['granted', 'denied', true, false] },
      at: { ...timeSchema, title: 'Time of the choice' },
      source: {
        type: ['string', 'null'],
        title: 'Source',
        description: 'What took the choice.',
        examples: ['sign-up form'],
      },
      wording: { title: 'Version of the wording', examples: ['newsletter-2025-03'] },
      evidence: { title: 'Evidence', description: 'What proves the choice: the wording, the form, the message.' },
    },
    required: ['channel', 'state'],
    additionalProperties: false,
  },
};
