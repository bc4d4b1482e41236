import { expect, it } from '@jest/globals';
import { firstStrayBraces, strayBraces } from './stray-braces.ts';

const long = '.a{color:blue}'.repeat(100);

it.each([
  ['Hi Ann', []],
  ['Hi {{firstName}}', ['{{', '}}']],
  ['Hi {firstName}}, {a} firstName}}', ['}}', '}}']],
  ['Hi {{firstName}', ['{{']],
  ['<style>@media(max-width:600px){.a{color:blue}}</style>', []],
  [`<STYLE type="text/css">@media print{${long}}}</STYLE><p>{{x</p>`, ['{{']],
  [`<!--[if mso]><style>@media print{${long}}}</style><![endif]-->`, []],
  ['<script type="application/ld+json">{"a":{"b":{"c":1}}}</script>', []],
  ['<p data-x=\'{"a":{"b":[{"c":{}}]}}\'>a}}</p>', ['}}']],
  ['<styled>}}', ['}}']],
])('of %j the stray braces are %j', (text, signs) => {
  expect([...strayBraces(text)].map(({ sign }) => sign)).toEqual(signs);
  expect(firstStrayBraces(text)?.sign).toBe(signs[0]);
});
