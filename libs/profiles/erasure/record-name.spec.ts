import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordName } from '#tombstones';
import { partKey, partPrefix } from '../folding/index.ts';

describe('the name of a source record', () => {
  it('is the same in tombstones and in the parts of profiles', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ maxLength: 200 }), (connection, stream, key) => {
        expect(recordName({ connection, stream }, key)).toBe(partKey(partPrefix({ connection, stream }), key));
      }),
    );
  });
});
