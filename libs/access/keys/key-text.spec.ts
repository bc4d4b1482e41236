import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newKeyText, readKeyText, writeKeyText } from './key-text.ts';

describe('the text of a key', () => {
  it('is read as it was written', () => {
    for (let count = 0; count < 200; count += 1) {
      const key = newKeyText();
      expect(readKeyText(writeKeyText(key))).toEqual(key);
    }
  });

  it('has 32 bytes of secret', () => {
    expect(Buffer.from(newKeyText().secret, 'base64url')).toHaveLength(32);
  });

  it('is not read from anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => readKeyText(text) === undefined));
    const text = writeKeyText(newKeyText());
    expect([`${text}x`, text.slice(1), text.slice(0, -1), text.toUpperCase()].map(readKeyText)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
