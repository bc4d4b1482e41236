import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldPath, fieldSteps, mappingReads, touches } from './index.ts';

describe('the fields that a mapping reads', () => {
  it('are the paths at the start of its rules, those of lists and their elements, and the names in templates', () => {
    const reads = mappingReads({
      email: 'contact.email | trim | lower',
      first: 'orders[0].id',
      odd: '["odd name"]',
      kind: { value: 'person' },
      greeting: { template: 'Dear {{#if name.first}}{{name.first}}{{/if}}' },
      lines: { each: 'lines', map: { price: 'price.net' } },
      all: '$',
    });
    expect(reads).toEqual(
      expect.arrayContaining([
        { target: 'email', field: 'contact.email' },
        { target: 'first', field: 'orders[*].id' },
        { target: 'odd', field: '["odd name"]' },
        { target: 'greeting', field: 'name.first' },
        { target: 'lines', field: 'lines' },
        { target: 'lines[*].price', field: 'lines[*].price.net' },
        { target: 'all', field: '$' },
      ]),
    );
    expect(reads.map(({ target }) => target)).not.toContain('kind');
  });

  it.each([
    ['name', 'name.first', true],
    ['name.first', 'name', true],
    ['lines[*].price', 'lines', true],
    ['names', 'name', false],
    ['anything', '$', true],
  ])('a change of %s reaches what reads %s: %s', (field, read, reached) => {
    expect(touches(field, read)).toBe(reached);
  });

  it('are written as paths that lead back to the same steps, whatever the names', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 0, maxLength: 12 })
      .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
    fc.assert(
      fc.property(fc.array(fc.option(name, { nil: null }), { maxLength: 5 }), (steps) => {
        expect(fieldSteps(fieldPath(steps))).toEqual(steps);
      }),
    );
  });
});
