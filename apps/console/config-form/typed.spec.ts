import { describe, expect, it } from '@jest/globals';
import { labelsOf, slugOf } from './typed.ts';

describe('words of connections', () => {
  it.each([
    ['Shop database', 'shop-database'],
    ['  Café №1 (EU) ', 'cafe-no1-eu'],
    ['顧客', ''],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('a slug for %j is %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('labels are what stands between commas, each once', () => {
    expect(labelsOf(' shop, eu ,, shop')).toEqual(['shop', 'eu']);
  });
});
