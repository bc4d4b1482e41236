import { describe, expect, it } from '@jest/globals';
import { revisionIn } from './if-match.ts';

describe('revisionIn', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"3"', 3],
    [' "12" ', 12],
  ])('reads %j as %j', (header, revision) => {
    expect(revisionIn(header)).toBe(revision);
  });

  it.each(['3', '"x"', 'W/"3"', '"3", "4"', ''])('refuses %j', (header) => {
    expect(() => revisionIn(header)).toThrow('If-Match must be a revision');
  });
});
