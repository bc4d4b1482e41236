import { expect, it } from '@jest/globals';
import { comparableEmail, plainLetters } from './index.ts';

it.each([
  ['ann@x.com', 'ann@x.com'],
  ['\u200bann\u00ad@x.com', 'ann@x.com'],
  ['ｂｏｂ＠x.com', 'bob@x.com'],
  ['+４４\u202c 20', '+44 20'],
  ['jose\u0301@x.com', 'josé@x.com'],
  ['je\u200b\u0301@x.com', 'jé@x.com'],
])('%j is %j', (written, plain) => {
  expect(plainLetters(written)).toBe(plain);
  expect(plainLetters(plain)).toBe(plain);
});

it('leaves letters that only look alike to those whose they are', () => {
  for (const address of ['ªnn@x.com', 'aﬁ@x.com', 'аnn@x.com', 'ｱｲ@x.com'.normalize('NFKC')])
    expect(plainLetters(address)).toBe(address);
  expect(comparableEmail('ªnn@x.com')).not.toBe(comparableEmail('ann@x.com'));
});

it('compares addresses without regard to capitals, also Turkish ones', () => {
  expect(['İNFO@X.COM', 'Info@x.com'].map(comparableEmail)).toEqual(['info@x.com', 'info@x.com']);
});
