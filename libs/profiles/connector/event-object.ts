import { object, type DestinationObject } from '@millrace/sdk';
import { readEvent, type EventWriter } from '../events/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';
import { identitiesSchema, propertiesSchema, timeSchema } from './schemas.ts';

export function eventObject(writer: EventWriter, settings: ProfileSettings): DestinationObject {
  return object({
    title: 'Event',
    description: 'Something that a person did: a visit, a click, a call. The same event again changes nothing.',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema: {
      type: 'object',
      properties: {
        id: { title: 'Event id', description: 'Recognises a repeat; without it, equal content is the same event.' },
        name: { title: 'Name', examples: ['Product Viewed'] },
        at: { ...timeSchema, title: 'Time of the event' },
        identities: identitiesSchema,
        properties: propertiesSchema,
      },
      required: ['name', 'identities'],
      additionalProperties: false,
    },
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => readEvent(row, source),
        (events) => writer.write(events, source),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => readEvent(row, source),
        (events) => writer.peek(events, source),
      );
    },
  });
}
