import { object, type DestinationObject } from '@millrace/sdk';
import { readProduct, type ProductWriter } from '../products/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';
import { propertiesSchema } from './schemas.ts';

export function productObject(writer: ProductWriter, settings: ProfileSettings): DestinationObject {
  return object({
    title: 'Product',
    description: 'A thing that is sold, for dynamic content.',
    key: 'id',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema: {
      type: 'object',
      properties: {
        id: { title: 'Product id', examples: ['SKU-7'] },
        name: { title: 'Name', examples: ['Tea, 100 g'] },
        price: { title: 'Price', examples: [4.9] },
        url: { type: ['string', 'null'], format: 'uri', title: 'Page' },
        image: { type: ['string', 'null'], format: 'uri', title: 'Picture' },
        properties: propertiesSchema,
      },
      required: ['id'],
      additionalProperties: false,
    },
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
