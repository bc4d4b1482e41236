import { textOf } from './text-of.ts';
import type { Transform } from './transform.ts';

/** Of whatever there is, a list included. */
export const wholeTransforms: Transform[] = [
  {
    name: 'length',
    parameters: [],
    description: 'The number of elements of a list, or of characters of text.',
    example: { value: ['a', 'b'], args: '', result: 2 },
    compile: () => (value) => (Array.isArray(value) ? value.length : characters(textOf(value)).length),
  },
  {
    name: 'slice',
    parameters: [
      { name: 'start', type: 'position' },
      { name: 'end', type: 'position', optional: true },
    ],
    description:
      'The part of a text or list from a position up to another (left out: the end); negative ones count from the end.',
    example: { value: '2024-01-31', args: '0, 4', result: '2024' },
    compile: ([start, end]) => {
      const bounds: [number, number | undefined] = [Number(start), end === undefined ? undefined : Number(end)];
      return (value) => {
        if (Array.isArray(value)) return (value as unknown[]).slice(...bounds);
        const parts = characters(textOf(value)).slice(...bounds);
        return typeof parts === 'string' ? parts : parts.join('');
      };
    },
  },
  {
    name: 'json',
    parameters: [],
    description: 'JSON text of the value.',
    example: { value: { a: 1 }, args: '', result: '{"a":1}' },
    compile: () => (value) => JSON.stringify(value),
  },
];

/** The characters of a text, so that no emoji is cut in two; text without surrogates is its own list. */
function characters(text: string): string | string[] {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}
