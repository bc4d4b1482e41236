import { describe, expect, it } from '@jest/globals';
import { controlOf, type Control, type Schema } from './schema.ts';

describe('what a field is filled in with', () => {
  it.each<[Control, Schema]>([
    ['text', { type: 'string' }],
    [
      'text',
      {
        oneOf: [
          { type: 'string', title: 'a day' },
          { type: 'string', title: 'a moment' },
        ],
      },
    ],
    ['secret', { type: 'string', 'x-secret': true }],
    ['longText', { type: 'string', 'x-secret': true, 'x-multiline': true }],
    ['number', { type: ['integer', 'null'] }],
    ['switch', { type: 'boolean' }],
    ['choice', { type: 'string', enum: ['a', 'b'] }],
    ['choice', { oneOf: [{ const: 'a' }, { const: 'b' }] }],
    ['texts', { type: 'array', items: { type: 'string' } }],
    ['items', { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } }],
    ['json', { type: 'array', items: { type: 'object' } }],
    ['group', { type: 'object', properties: { name: { type: 'string' } } }],
    ['group', { type: 'object', oneOf: [{ properties: { kind: { const: 'a' } } }] }],
    ['entries', { type: 'object', 'x-secret': true }],
    ['entries', { type: 'object', examples: [{ status: 'active' }] }],
    ['json', { type: 'object', examples: [{ nested: { a: 1 } }] }],
    ['json', { type: 'object' }],
    ['json', {}],
  ])('is %s for %j', (control, schema) => {
    expect(controlOf(schema)).toBe(control);
  });

  it('is JSON where names with texts were expected and something else is there', () => {
    const schema = { type: 'object', examples: [{ status: 'active' }] };
    expect(controlOf(schema, { status: ['active', 'new'] })).toBe('json');
  });
});
