import { expect, it } from '@jest/globals';
import { slugOf } from './slug-of.ts';

it.each([
  ['Shop database', 'shop-database'],
  ['  Café №1 (EU) ', 'cafe-no1-eu'],
  ['顧客', ''],
  ['x'.repeat(80), 'x'.repeat(63)],
])('a slug for %j is %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
