import { describe, expect, it } from '@jest/globals';
import { madeFromIn, revisionIn } from './if-match.ts';

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

describe('madeFromIn', () => {
  it.each([
    [undefined, undefined, undefined],
    ['"3"', undefined, 3],
    [undefined, '*', 0],
  ])('reads If-Match %j and If-None-Match %j as %j', (ifMatch, ifNoneMatch, madeFrom) => {
    expect(madeFromIn(ifMatch, ifNoneMatch)).toBe(madeFrom);
  });

  it.each([
    [undefined, '"3"'],
    ['"3"', '*'],
  ])('refuses If-Match %j and If-None-Match %j', (ifMatch, ifNoneMatch) => {
    expect(() => madeFromIn(ifMatch, ifNoneMatch)).toThrow('If-None-Match must be *');
  });
});
