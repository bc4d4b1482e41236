import { describe, expect, it } from '@jest/globals';
import { durationText, lagText, saidText, tookText } from './words.ts';

describe('words about runs', () => {
  it.each([
    [0.44, '0.4 s'],
    [12.4, '12 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
    [3_599.8, '1 h 0 min'],
    [7_500, '2 h 5 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [{ records: 0, seconds: 0 }, 'nothing waits'],
    [{ seconds: 0 }, 'nothing waits'],
    [{ records: 1, seconds: 0 }, '1 record waits'],
    [{ records: 3_400, seconds: 12 }, '3,400 records wait, the oldest for 12 s'],
    [{ seconds: 7_500 }, '2 h 5 min behind'],
    [{}, 'not known'],
  ])('say of the lag %j: %s', (lag, text) => expect(lagText(lag)).toBe(text));

  it('count a run that goes on up to now', () => {
    const startedAt = '2026-01-05T06:00:00.000Z';
    expect(tookText({ startedAt }, Date.parse('2026-01-05T06:00:30Z'))).toBe('30 s');
    expect(tookText({ startedAt, endedAt: '2026-01-05T06:00:02.500Z' })).toBe('2.5 s');
    expect(tookText({})).toBe('');
  });
});

it('shows the moments in what the API says as it shows others', () => {
  const said = 'Listening since 2026-01-05T06:00:12.345Z; 3 rows so far, the last one at 2026-01-05T07:00:00Z.';
  expect(saidText(said)).toBe(
    'Listening since 2026-01-05 06:00:12 UTC; 3 rows so far, the last one at 2026-01-05 07:00:00 UTC.',
  );
});
