import { describe, expect, it } from '@jest/globals';
import { labelsOf } from './typed.ts';

describe('words of connections', () => {
  it('labels are what stands between commas, each once', () => {
    expect(labelsOf(' shop, eu ,, shop')).toEqual(['shop', 'eu']);
  });
});
