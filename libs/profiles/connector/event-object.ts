import { object, type DestinationObject } from '@millrace/sdk';
import { readEvent, type EventWriter } from '../events/index.ts';
import { kinds } from '../kinds/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function eventObject(writer: EventWriter, settings: ProfileSettings): DestinationObject {
  const { title, description, schema } = kinds.event;
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
