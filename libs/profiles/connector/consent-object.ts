import { object, type DestinationObject } from '@millrace/sdk';
import { readConsents, type ConsentWriter } from '../consents/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';
import { identitiesSchema, timeSchema } from './schemas.ts';

export function consentObject(writer: ConsentWriter, settings: ProfileSettings): DestinationObject {
  return object({
    title: 'Consent',
    description:
      'Whether an identity may be written to, on a channel, for a purpose. The newest explicit choice counts.',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema: {
      type: 'object',
      properties: {
        identity: { type: ['string', 'null'], title: 'Identity', examples: ['email:ann@example.com'] },
        identities: identitiesSchema,
        channel: { type: 'string', title: 'Channel', examples: ['email'] },
        purpose: { type: ['string', 'null'], title: 'Purpose', default: 'marketing', examples: ['newsletter'] },
        state: { title: 'State', enum: ['granted', 'denied', true, false] },
        at: { ...timeSchema, title: 'Time of the choice' },
        evidence: { title: 'Evidence', description: 'What proves the choice: the wording, the form, the message.' },
      },
      required: ['channel', 'state'],
      additionalProperties: false,
    },
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => readConsents(row, source),
        (choices) => writer.write(choices),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => readConsents(row, source),
        (choices) => writer.peek(choices),
      );
    },
  });
}
