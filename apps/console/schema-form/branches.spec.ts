import { describe, expect, it } from '@jest/globals';
import { branchOf, branchTitle, inBranch } from './branches.ts';
import type { Schema } from './schema.ts';

const text = { type: 'string' };
const oneOf: Schema[] = [
  { title: 'A key', properties: { auth: { const: 'key' }, apiKey: text } },
  { properties: { auth: { const: 'basic' }, user: text, password: text } },
];
const schema: Schema = { properties: { site: text }, oneOf };

describe('the ways of which an object goes one', () => {
  it('are told by what never differs, else by what is there', () => {
    expect(branchOf(schema, {})).toBe(0);
    expect(branchOf(schema, { auth: 'basic', apiKey: 'x' })).toBe(1);
    expect(branchOf(schema, { user: 'ann' })).toBe(1);
  });

  it('leave behind what only the former has, and bring what goes without saying', () => {
    expect(inBranch(schema, { site: 'x', auth: 'key', apiKey: 'k' }, 1)).toEqual({ site: 'x', auth: 'basic' });
  });

  it('are called by their title, else by what never differs', () => {
    expect(oneOf.map(branchTitle)).toEqual(['A key', 'basic']);
    expect(branchTitle({}, 2)).toBe('Way 3');
  });
});
