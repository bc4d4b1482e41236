import { expect, it } from '@jest/globals';
import { FieldTally } from './infer-fields.ts';

it('fields whose names are those of people are told by their shape only, as one', () => {
  const tally = new FieldTally();
  tally.add({ visits: { 'ann@example.com': { n: 3 }, 'bob@example.com': { n: 4 } }, 'odd name': 1 });
  tally.add({ visits: { '+47 900 00 000': { n: 1 } } });
  const told = tally.fields().map(({ path, types }) => [path, types]);
  expect(told).toEqual([
    ['["odd name"]', { number: 1 }],
    ['visits', { object: 2 }],
    ['visits["+99 999 99 999"]', { object: 1 }],
    ['visits["+99 999 99 999"].n', { number: 1 }],
    ['visits["xxx@xxxxxxx.xxx"]', { object: 2 }],
    ['visits["xxx@xxxxxxx.xxx"].n', { number: 2 }],
  ]);
});
