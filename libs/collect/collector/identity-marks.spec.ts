import { expect, it } from '@jest/globals';
import { IdentityMarks } from './identity-marks.ts';

it.each([
  ['an id', 'user:17', true],
  ['the longest id', `anonymous:${'x'.repeat(256)}`, true],
  ['what is too long for an id, as refused messages have it', `user:${'x'.repeat(400_000)}`, false],
])('the mark of %s is remembered or made anew', (_, identity, isRemembered) => {
  let made = 0;
  const marks = new IdentityMarks({ hmac: () => `${made++}` });
  expect(marks.of(identity) === marks.of(identity)).toBe(isRemembered);
});
