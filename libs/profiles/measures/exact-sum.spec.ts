import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ExactSum } from './exact-sum.ts';

const sumOf = (numbers: readonly number[]): number => {
  const sum = new ExactSum();
  numbers.forEach((number) => sum.add(number));
  return sum.value();
};

describe('an exact sum', () => {
  it.each<[number[], number]>([
    [[], 0],
    [[0.1, 0.2, -0.3, 1e16, 1, -1e16], 1 + 2 ** -55],
    [[1e9, 0.1, 0.2], 1_000_000_000.3],
    [[2 ** 53, 1, 2 ** -60], 2 ** 53 + 2],
    [[-(2 ** 53), -1, -(2 ** -60)], -(2 ** 53) - 2],
  ])('of %j is %j', (numbers, expected) => expect(sumOf(numbers)).toBe(expected));

  it('is the same in any order, large numbers included', () => {
    const number = fc.oneof(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), fc.integer());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 30 }), (numbers) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        expect(sumOf(sorted)).toBe(sumOf(numbers));
        expect(sumOf(sorted.toReversed())).toBe(sumOf(numbers));
      }),
      { numRuns: 300 },
    );
  });
});
