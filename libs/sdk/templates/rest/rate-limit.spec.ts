import { expect, it } from '@jest/globals';
import { isRateLimit, limitRenewal } from './rate-limit.ts';

const usedUp = { 'x-ratelimit-remaining': '0' };

it.each([
  [429, {}, true],
  [403, usedUp, true],
  [403, { 'retry-after': '60' }, true],
  [403, {}, false],
  [403, { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1714557630' }, false],
  [404, usedUp, false],
  [503, { 'retry-after': '60' }, false],
])('a %i with %j asks to wait: %s', (status, headers, asks) => {
  expect(isRateLimit(status, headers)).toBe(asks);
});

it.each([
  ['seconds since 1970', '1714557630', 30_000],
  ['milliseconds since 1970', '1714557630500', 30_500],
  ['seconds from now', '30', 30_000],
  ['a time that has just passed', '1714557590', 1_000],
  ['a time far away', '1999999999', 24 * 3_600_000],
  ['no number', 'soon', undefined],
])('a used up limit is renewed at %s', (_, reset, expected) => {
  const now = Date.parse('2024-05-01T10:00:00Z');
  expect(limitRenewal({ ...usedUp, 'x-ratelimit-reset': reset }, now)).toBe(expected);
  expect(limitRenewal({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': reset }, now)).toBeUndefined();
});
