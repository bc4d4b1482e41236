import { describe, expect, it } from '@jest/globals';
import type { Row } from '../json.ts';
import { setPath } from './target.ts';

describe('setPath', () => {
  it('makes objects on the way', () => {
    const row: Row = { a: { b: 1 }, c: 5 };
    setPath(row, 'a.d.e', 2);
    setPath(row, 'c["odd.name"]', 3);
    expect(row).toEqual({ a: { b: 1, d: { e: 2 } }, c: { 'odd.name': 3 } });
  });

  it.each(['__proto__.polluted', 'a.constructor.prototype.x', 'a["prototype"]', '', 'a.', ' a'])(
    'refuses %j',
    (path) => {
      expect(() => setPath({}, path, 1)).toThrow(expect.objectContaining({ code: 'invalid_mapping' }));
      expect(({} as Row).polluted).toBeUndefined();
    },
  );

  it('writes own properties where a name is inherited', () => {
    const row: Row = {};
    setPath(row, 'toString.x', 1);
    expect(Object.hasOwn(row, 'toString')).toBe(true);
  });
});
