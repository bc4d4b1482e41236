import { RuleFault } from '../faults.ts';
import type { Transform } from './transform.ts';

export const numberTransforms: Transform<number>[] = [
  {
    name: 'round',
    parameters: [{ name: 'decimals', type: 'number', optional: true }],
    description: 'Rounds to so many decimals (default 0), halves away from zero.',
    example: { value: 1.005, args: '2', result: 1.01 },
    compile: ([decimals = 0]) => {
      if (!Number.isInteger(decimals) || Number(decimals) < 0 || Number(decimals) > 10) {
        throw new RuleFault('round() takes 0 to 10 decimals.');
      }
      return (value) => round(value, Number(decimals));
    },
  },
  {
    name: 'multiply',
    parameters: [{ name: 'factor', type: 'number' }],
    description: 'Multiplies by a number.',
    example: { value: '12.5', args: '100', result: 1250 },
    compile:
      ([factor]) =>
      (value) =>
        value * Number(factor),
  },
  {
    name: 'add',
    parameters: [{ name: 'number', type: 'number' }],
    description: 'Adds a number; a negative one subtracts.',
    example: { value: 5, args: '-2', result: 3 },
    compile:
      ([summand]) =>
      (value) =>
        value + Number(summand),
  },
];

/** By the decimal text of the number, so that 1.005 rounds as people expect. */
function round(value: number, decimals: number): number {
  const [mantissa, exponent = '0'] = Math.abs(value).toString().split('e');
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + decimals}`));
  const [digits, shift = '0'] = shifted.toString().split('e');
  const rounded = Number(`${digits}e${Number(shift) - decimals}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
