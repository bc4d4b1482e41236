import { ValueFault } from '../faults.ts';
import { readNumber } from './read-number.ts';
import { joinBounded } from './text.ts';
import { textOf } from './text-of.ts';
import type { Transform } from './transform.ts';

export const listTransforms: Transform<unknown[]>[] = [
  {
    name: 'join',
    parameters: [{ name: 'separator', type: 'text', optional: true }],
    description: "Joins a list to text (default separator: ', '); missing elements are left out.",
    example: { value: ['a', 'b'], args: "' / '", result: 'a / b' },
    compile:
      ([separator]) =>
      (list) =>
        joinBounded(list.filter(isPresent).map(textOf), separator === undefined ? ', ' : textOf(separator)),
  },
  {
    name: 'first',
    parameters: [],
    description: 'The first element.',
    example: { value: [1, 2, 3], args: '', result: 1 },
    compile: () => (list) => list[0],
  },
  {
    name: 'last',
    parameters: [],
    description: 'The last element.',
    example: { value: [1, 2, 3], args: '', result: 3 },
    compile: () => (list) => list.at(-1),
  },
  {
    name: 'at',
    parameters: [{ name: 'position', type: 'position' }],
    description: 'The element at a position, from 0; negative ones count from the end.',
    example: { value: ['a', 'b', 'c'], args: '-2', result: 'b' },
    compile:
      ([position]) =>
      (list) =>
        list.at(Number(position)),
  },
  {
    name: 'sum',
    parameters: [],
    description: 'The sum of the numbers in a list; missing ones are left out.',
    example: { value: [1, '2.5'], args: '', result: 3.5 },
    compile: () => (list) => numbersOf(list).reduce((sum, number) => sum + number, 0),
  },
  {
    name: 'min',
    parameters: [],
    description: 'The least number in a list.',
    example: { value: [3, 1, 2], args: '', result: 1 },
    compile: () => (list) => extreme(list, (a, b) => a < b),
  },
  {
    name: 'max',
    parameters: [],
    description: 'The greatest number in a list.',
    example: { value: [3, 1, 2], args: '', result: 3 },
    compile: () => (list) => extreme(list, (a, b) => a > b),
  },
  {
    name: 'unique',
    parameters: [],
    description: 'Leaves out repeated elements.',
    example: { value: ['a', 'b', 'a'], args: '', result: ['a', 'b'] },
    compile: () => unique,
  },
  {
    name: 'compact',
    parameters: [],
    description: 'Leaves out elements that are missing, null or empty text.',
    example: { value: ['a', '', null], args: '', result: ['a'] },
    compile: () => (list) => list.filter((element) => isPresent(element) && element !== ''),
  },
  {
    name: 'flatten',
    parameters: [],
    description: 'Makes one list of a list of lists.',
    example: { value: [[1, 2], [3]], args: '', result: [1, 2, 3] },
    compile: () => (list) => list.flat(1),
  },
];

function isPresent(element: unknown): boolean {
  return element !== null && element !== undefined;
}

function numbersOf(list: unknown[]): number[] {
  return list.map((element) => readNumber(element)).filter((number) => number !== undefined);
}

function extreme(list: unknown[], isBetter: (a: number, b: number) => boolean): number | undefined {
  let best: number | undefined;
  for (const number of numbersOf(list)) if (best === undefined || isBetter(number, best)) best = number;
  return best;
}

/** Objects are the same when their JSON is. */
function unique(list: unknown[]): unknown[] {
  const seen = new Map<unknown, unknown>();
  for (const element of list) {
    const identity = typeof element === 'object' && element !== null ? `json:${JSON.stringify(element)}` : element;
    const key = typeof element === 'string' ? `text:${element}` : identity;
    if (!seen.has(key)) seen.set(key, element);
  }
  return [...seen.values()];
}

export function needList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new ValueFault('needs a list', value);
  return value as unknown[];
}
