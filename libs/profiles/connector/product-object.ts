import { object, type DestinationObject } from '@millrace/sdk';
import { kinds } from '../kinds/index.ts';
import { readProduct, type ProductWriter } from '../products/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function productObject(writer: ProductWriter, settings: ProfileSettings): DestinationObject {
  const { title, description, schema } = kinds.product;
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
        (row) => readProduct(row, source),
        (products) => writer.write(products),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => readProduct(row, source),
        (products) => writer.peek(products),
      );
    },
  });
}
