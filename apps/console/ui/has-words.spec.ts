import { describe, expect, it } from '@jest/globals';
import { hasWords } from './has-words.ts';

describe('words that are looked for', () => {
  it.each([
    ['Spring news', 'NEWS spr', true],
    ['Spring news', 'news autumn', false],
    ['Cafe\u0301 für alle', 'café', true],
    ['Café', 'CAFE\u0301', true],
    ['أخبار الربيع', 'الربيع', true],
    ['🎉 Party', '🎉', true],
    ['anything', ' ', true],
  ])('%s has %s: %s', (text, wanted, has) => expect(hasWords(text, wanted)).toBe(has));
});
