import { expect, it } from '@jest/globals';
import { hides } from './hides.ts';

it.each([
  ['display:none', true],
  ['color:red; DISPLAY : None ! important;', true],
  ['/* phones */display:/* x */none', true],
  ['background:url(https://x.example/*.png);display:none', true],
  ['display:block;display:none', true],
  ['display:none!important;display:block', true],
  ['display:none;display:block', false],
  ['mso-display:none', false],
  ['--display:none', false],
  ['display:none-such', false],
  ['background:url(data:x;display:none;y)', false],
  ['background:url( "a)b;display:none;" )', false],
  ['content:";display:none;"', false],
  ['/*;display:none;*/color:red', false],
  ['', false],
])('%j hides: %p', (style, expected) => expect(hides(style)).toBe(expected));

it('is told in linear time', () => {
  for (const piece of ['/*', '"', 'url(', 'url( ', '(', 'display:none ', 'display :'])
    expect(hides(piece.repeat(200_000))).toBe(false);
});
