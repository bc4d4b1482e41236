import { object, type DestinationObject } from '@millrace/sdk';
import { readOrder, type OrderWriter } from '../orders/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';
import { identitiesSchema, propertiesSchema, timeSchema } from './schemas.ts';

const lineSchema = {
  type: 'object',
  properties: {
    id: { title: 'Line id', description: 'Names the line within its order.' },
    product: { title: 'Product id' },
    name: { title: 'Product name' },
    quantity: { title: 'Quantity' },
    price: { title: 'Price of one' },
  },
  additionalProperties: true,
};

export function orderObject(writer: OrderWriter, settings: ProfileSettings): DestinationObject {
  return object({
    title: 'Order',
    description: 'A purchase with its lines. Order and lines may come from different streams, in any order.',
    key: 'id',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema: {
      type: 'object',
      properties: {
        id: { title: 'Order id', examples: ['A-1001'] },
        identities: identitiesSchema,
        at: { ...timeSchema, title: 'Time of the order' },
        total: { title: 'Total', examples: [49.9] },
        currency: { title: 'Currency', examples: ['EUR'] },
        status: { title: 'Status', examples: ['shipped'] },
        lines: { type: 'array', title: 'Lines', description: 'All lines of the order.', items: lineSchema },
        line: {
          ...lineSchema,
          title: 'Line',
          description: 'One line of the order, where lines come as rows of their own.',
        },
        properties: propertiesSchema,
      },
      required: ['id'],
      additionalProperties: false,
    },
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
