import { describe, expect, it } from '@jest/globals';
import { tidied, withField } from './json.ts';

describe('what was entered', () => {
  it('keeps the order of its fields when one changes, and loses one that is emptied', () => {
    expect(Object.keys(withField({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
    expect(withField({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  });

  it('is sent without nulls and empty lines; an empty text stays: it takes a stored secret away', () => {
    const value = { password: '', token: null, key: ['id', ''], deep: { gone: undefined, list: [{ a: null }] } };
    expect(tidied(value)).toEqual({ password: '', key: ['id'], deep: { list: [{}] } });
  });
});
