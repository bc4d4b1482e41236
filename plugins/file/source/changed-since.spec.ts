import { expect, it } from '@jest/globals';
import { changedSince } from './changed-since.ts';

it.each<[string, string | number, (string | number | null)[], (string | number | null)[]]>([
  ['days', '2026-01-02', ['2026-01-01', '2026-01-02', '2026-01-03'], ['2026-01-02', '2026-01-03']],
  [
    'times of the night when the clock is put back',
    '2026-10-25T02:50:00+02:00',
    ['2026-10-25T02:40:00+02:00', '2026-10-25T02:10:00+01:00', '2026-10-25T02:55:00+01:00'],
    ['2026-10-25T02:10:00+01:00', '2026-10-25T02:55:00+01:00'],
  ],
  [
    'times of two ways of writing',
    '2026-01-02T10:00:00Z',
    ['2026-01-02 11:00', '2026-01-02 09:00'],
    ['2026-01-02 11:00'],
  ],
  ['dates that begin with the day', '31/12/2025', ['01/01/2026', '30/12/2025'], ['01/01/2026', '30/12/2025']],
  ['dates that begin with the month', '12.31.25', ['01.01.26'], ['01.01.26']],
  ['numbers that are text', '1000', ['999', '1001'], ['999', '1001']],
  ['numbers', 10, [9, 10, null], [10, null]],
  ['other texts', 'v2', ['v1', 'v3'], ['v3']],
])('what is read after the last cursor: %s', (_, cursor, values, read) => {
  const isWanted = changedSince('at', { cursor });
  expect(values.filter((at) => isWanted({ at }))).toEqual(read);
});
