import type { JsonSchema } from '../json.ts';
import type { RecordKind } from './record-kind.ts';
import { identitiesSchema, propertiesSchema, timeSchema } from './shared-fields.ts';

const lineSchema: JsonSchema = {
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

export const orderKind: RecordKind = {
  title: 'Order',
  description: 'A purchase with its lines. Order and lines may come from different streams, in any order.',
  version: 1,
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
};
