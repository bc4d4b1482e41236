import { expect, it } from '@jest/globals';
import { misspeltKeyword } from './misspelt-keyword.ts';

it('takes what other drafts, OpenAPI and others say in a schema, and fields of any name', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    definitions: { list: { type: 'array', items: {}, additionalItems: false } },
    properties: {
      ...{ id: { $anchor: 'id', type: 'integer', example: 1 }, 'x-on file': { type: 'string', format: 'phone' } },
      ...{ at: { type: 'string', format: 'date-time', airbyte_type: 'timestamp_with_timezone' } },
      ...{ tags: { $ref: '#/definitions/list' }, site: { type: 'string', format: 'iri' } },
    },
    if: { required: ['at'] },
    'x-a.b': 1,
    ...{
      unit: 'kg',
      kind: 'table',
      note: 'of the shop',
      titles: { de: 'Kunden' },
      propertyOrder: 1,
      tsType: 'Customer',
    },
    $defs: { size: { type: 'integer', format: 'uint32', min: 0 }, path: { type: 'string', format: 'path' } },
  };
  expect(misspeltKeyword(schema)).toBeUndefined();
});

it.each([
  [{ properties: { a: { minLenght: 1 } } }, 'an unknown keyword "minLenght" (do you mean "minLength"?)'],
  [{ items: { tpye: 'string' } }, 'an unknown keyword "tpye" (do you mean "type"?)'],
  [{ additionalPropertys: false }, 'an unknown keyword "additionalPropertys" (do you mean "additionalProperties"?)'],
  [{ anyOf: [{ format: 'e-mail' }] }, 'an unknown format "e-mail" (do you mean "email"?)'],
])('finds what is nearly a keyword or format, wherever it stands: %j', (schema, message) => {
  expect(misspeltKeyword(schema)).toBe(message);
});
