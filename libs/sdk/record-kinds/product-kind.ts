import type { RecordKind } from './record-kind.ts';
import { propertiesSchema } from './shared-fields.ts';

export const productKind: RecordKind = {
  title: 'Product',
  description: 'A thing that is sold, for dynamic content.',
  version: 1,
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
};
