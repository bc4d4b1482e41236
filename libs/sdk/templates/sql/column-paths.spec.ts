import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePath } from '../../mapping/index.ts';
import { columnAt, pathOf } from './column-paths.ts';

const forbidden = ['__proto__', 'constructor', 'prototype'];
const names = fc.string({ minLength: 1, unit: 'binary' }).filter((name) => !forbidden.includes(name));

describe('pathOf', () => {
  it('reads the column back, whatever its name', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(compilePath(pathOf(name))({ [name]: 1 })).toBe(1);
      }),
    );
  });
});

describe('columnAt', () => {
  const columns = ['id', 'the key', 'a.b', '"'].map((name) => ({ name, type: 'text', nullable: false }));

  it.each([
    ['id', 'id'],
    ['["the key"]', 'the key'],
    ['the key', 'the key'],
    ['a.b', 'a.b'],
    ['["\\""]', '"'],
  ])('takes %s for the column %s', (path, name) => {
    expect(columnAt(path, columns).name).toBe(name);
  });

  it('knows no others', () => {
    expect(() => columnAt('id; --', columns)).toThrow(
      'There is no column id; --. Choose key and cursor among id, ["the key"]',
    );
  });
});
