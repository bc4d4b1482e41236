import type { Data } from './engines.ts';

const lines = [
  { name: 'Tea & cake', quantity: 2 },
  { name: 'Cup <large>', quantity: 1 },
];

/** People who differ in all that templates ask: everything, awkward values, nothing. Orders as templates see them. */
export const people: Record<string, { traits: Data; orders: Data[] }> = {
  everything: {
    traits: { firstName: 'Ann', lastName: 'Berg', city: 'Oslo', tier: 'gold', points: 40, score: 7.5 },
    orders: [
      { id: '12', total: 30, lines },
      { id: '11', total: 12.5, lines: [] },
    ],
  },
  awkward: {
    traits: {
      firstName: `<b>Al</b> & "Co" 'x' a=b`,
      lastName: 'anna mcDonald',
      city: 'São Paulo',
      tier: 'silver',
      points: 0,
      score: -1,
    },
    orders: [{ id: '21', total: 0, lines: lines.slice(1) }],
  },
  nothing: { traits: { points: 1 }, orders: [] },
};
