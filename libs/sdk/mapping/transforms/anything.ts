import type { Transform } from './transform.ts';

/** Of anything, even a missing value. */
export const anyTransforms: Transform[] = [
  {
    name: 'default',
    parameters: [{ name: 'value', type: 'any' }],
    description: 'This value where there is none: missing, null or empty text.',
    example: { value: null, args: "'unknown'", result: 'unknown' },
    compile: ([fallback]) => {
      const isPlain = typeof fallback !== 'object' || fallback === null;
      return (value) =>
        value !== undefined && value !== null && value !== '' ? value : isPlain ? fallback : structuredClone(fallback);
    },
  },
];
