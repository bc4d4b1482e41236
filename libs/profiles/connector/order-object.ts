import { object, type DestinationObject } from '@millrace/sdk';
import { kinds } from '../kinds/index.ts';
import { readOrder, type OrderWriter } from '../orders/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function orderObject(writer: OrderWriter, settings: ProfileSettings): DestinationObject {
  const { title, description, schema } = kinds.order;
  return object({
    title,
    description,
    key: 'id',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema,
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => readOrder(row, source),
        (orders) => writer.write(orders, source),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => readOrder(row, source),
        (orders) => writer.peek(orders, source),
      );
    },
  });
}
