import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from './schema-fields.ts';

describe('the fields of a record', () => {
  it('are those inside of others too, each with its type', () => {
    const schema = {
      properties: {
        id: { type: ['string', 'null'] },
        at: { type: 'string', format: 'date-time', title: 'Time' },
        address: { type: 'object', properties: { city: { type: 'string' } } },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
        any: {},
      },
    };
    expect(fieldsOf(schema).map(({ path, type }) => `${path} ${type}`.trim())).toEqual([
      'id string',
      'at date-time',
      'address object',
      'address.city string',
      'lines array',
      'lines[].sku string',
      'any',
    ]);
    expect(fieldsOf(undefined)).toEqual([]);
  });
});
