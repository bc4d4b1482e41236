import { object, type DestinationObject, type Peek } from '@millrace/sdk';
import { readPart } from '../folding/index.ts';
import type { PeekedPart, ProfileWriter } from '../writer/index.ts';
import { identitiesSchema } from './schemas.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function profileObject(writer: ProfileWriter, settings: ProfileSettings): DestinationObject {
  return object({
    title: 'Profile',
    description: 'What a record says about a person: who (identities) and what (traits).',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema: {
      type: 'object',
      properties: {
        identities: identitiesSchema,
        traits: {
          type: 'object',
          title: 'Traits',
          description: 'Fields of the profile, by name. Null and empty mean "not said".',
        },
      },
      required: ['identities'],
      additionalProperties: false,
    },
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => (await writer.write(parts)).map(({ outcome }) => outcome),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => (await writer.peek(parts)).map(peekOf),
      );
    },
  });
}

function peekOf({ outcome, before, after }: PeekedPart): Peek {
  return { outcome, ...(before && { before: { ...before } }), ...(after && { after: { ...after } }) };
}
