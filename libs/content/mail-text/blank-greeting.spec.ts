import { expect, it } from '@jest/globals';
import { hasBlankGreeting } from './blank-greeting.ts';

it.each([
  ['<p>Hi ,</p>', true],
  ['<p>News</p><p>Hi <b></b>,</p>', true],
  ['<td>Hi&nbsp;<b class="x"></b>!', true],
  ['<p>\n  Dear\n  \n  ,</p>', true],
  ['<p>Hi&#xA0;&#160; ,</p>', true],
  ['<p>&nbsp;Hi ,</p>', true],
  ['Hallo ,', true],
  ['<p>Hi Ann, hello, Delhi ,</p>', false],
  ['<p>Hi<b></b>,</p>', false],
  ['<p>Hi</p>\n<p>, we are back</p>', false],
  ['<img alt="Oh hi , you"><!-- dear ! -->Hi Ann,', false],
])('%j greets nobody: %p', (html, expected) => expect(hasBlankGreeting(html)).toBe(expected));

it('is told in linear time', () => {
  expect(hasBlankGreeting(' hi <'.repeat(100_000))).toBe(false);
  expect(hasBlankGreeting(`hi ${' <b>'.repeat(100_000)}`)).toBe(false);
});
