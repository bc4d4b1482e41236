import { describe, expect, it } from '@jest/globals';
import { includesRole, roles } from './role.ts';

describe('includesRole', () => {
  it('gives each role what the ones before it may', () => {
    const allowed = roles.map((held) => roles.filter((needed) => includesRole(held, needed)));
    expect(allowed).toEqual([
      ['viewer'],
      ['viewer', 'marketer'],
      ['viewer', 'marketer', 'operator'],
      ['viewer', 'marketer', 'operator', 'admin'],
    ]);
  });
});
