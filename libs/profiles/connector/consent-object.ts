import { object, type DestinationObject } from '@millrace/sdk';
import { readConsents, type ConsentWriter } from '../consents/index.ts';
import { kinds } from '../kinds/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function consentObject(writer: ConsentWriter, settings: ProfileSettings): DestinationObject {
  const { title, description, schema } = kinds.consent;
  return object({
    title,
    description,
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema,
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
