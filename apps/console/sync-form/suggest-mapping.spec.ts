import { describe, expect, it } from '@jest/globals';
import { openTargets, rowsForTheRest, suggestMapping } from './suggest-mapping.ts';

const schemaOf = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, {}])),
});
const identities = { type: 'object', properties: { $source: {}, email: {} }, additionalProperties: true };
const profile = {
  key: [],
  schema: {
    type: 'object',
    properties: { identities, traits: { type: 'object' } },
    required: ['identities'],
    additionalProperties: false,
  },
};
const order = {
  key: ['id'],
  schema: {
    type: 'object',
    properties: { id: {}, identities, total: {}, lines: { type: 'array', items: {} }, properties: { type: 'object' } },
    required: ['id'],
    additionalProperties: false,
  },
};

describe('a suggested mapping', () => {
  it('tells a person by the key of its source, and by names that leave no doubt', () => {
    const stream = {
      key: ['id'],
      schema: schemaOf('id', 'E-Mail', 'first_name', 'lastName', 'user_id', 'name', 'shoe_size'),
    };
    expect(suggestMapping(stream, profile)).toEqual([
      { target: 'identities.$source', rule: 'id' },
      { target: 'identities.email', rule: 'E-Mail' },
      { target: 'traits.firstName', rule: 'first_name' },
      { target: 'traits.lastName', rule: 'lastName' },
    ]);
  });

  it('never takes the key of what is no person for one', () => {
    const stream = { key: ['id'], schema: schemaOf('id', 'email', 'total') };
    expect(suggestMapping(stream, order)).toEqual([
      { target: 'id', rule: 'id' },
      { target: 'total', rule: 'total' },
      { target: 'identities.email', rule: 'email' },
    ]);
  });

  it('chooses none of two fields that may be meant, and no key of several fields', () => {
    const stream = { key: ['shop', 'id'], schema: schemaOf('shop', 'id', 'first_name', 'firstName') };
    expect(suggestMapping(stream, profile)).toEqual([]);
  });

  it('leaves a row without a rule for what an object has to have', () => {
    expect(suggestMapping({ key: [], schema: schemaOf('number') }, order)).toEqual([{ target: 'id', rule: '' }]);
    expect(suggestMapping({ key: [] }, { key: ['id'] })).toEqual([{ target: 'id', rule: '' }]);
  });
});

describe('the fields that are left', () => {
  const stream = { key: ['id'], schema: schemaOf('id', 'email', 'first_name', 'Plan', 'odd name') };

  it('become what the object leaves open, unless a rule reads them', () => {
    const rows = [
      { target: 'identities.email', rule: 'email | lower' },
      { target: 'traits.who', rule: '{ "template": "{{first_name}}" }' },
    ];
    expect(rowsForTheRest(stream, profile, rows)).toEqual([
      { target: 'traits.id', rule: 'id' },
      { target: 'traits.plan', rule: 'Plan' },
      { target: 'traits.oddName', rule: '["odd name"]' },
    ]);
    expect(rowsForTheRest(stream, { key: [] }, rows).map(({ target }) => target)).toEqual([
      'id',
      'Plan',
      '["odd name"]',
    ]);
  });

  it('are none where the object takes no others', () => {
    const closed = { key: [], schema: { ...schemaOf('a'), additionalProperties: false } };
    expect(rowsForTheRest(stream, closed, [])).toEqual([]);
  });

  it('complete targets', () => {
    expect(openTargets(stream, profile)).toContain('traits.firstName');
    expect(openTargets(undefined, profile)).toEqual([]);
  });
});
