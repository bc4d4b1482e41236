import { expect, it } from '@jest/globals';
import { emailAddressOf } from './email-address.ts';

it.each([
  ['Ann@X.com', 'ann@x.com'],
  ['ann@x.com;', 'ann@x.com'],
  [' ann@x.com, ', 'ann@x.com'],
  ['Ann Other <Ann@X.com>', 'ann@x.com'],
  ['"Other, Ann" <ann@x.com>;', 'ann@x.com'],
  ['<ann@x.com>', 'ann@x.com'],
  ['ann@x.com；', 'ann@x.com'],
  ["o'brien+a&b=c!#$%*/?^_`{|}~-@x-y.co.uk", "o'brien+a&b=c!#$%*/?^_`{|}~-@x-y.co.uk"],
  ['josé@bücher.de', 'josé@bücher.de'],
  ['José@XN--BCHER-KVA.de', 'josé@bücher.de'],
  ['Ann <ann@xn--mller-kva.de>;', 'ann@müller.de'],
  ['我@例子.中国', '我@例子.中国'],
  ['a@i❤.ws', 'a@i❤.ws'],
  ['a@under_score.example.com', 'a@under_score.example.com'],
  ['ann@[192.168.0.1]', 'ann@[192.168.0.1]'],
])('reads %s', (text, address) => expect(emailAddressOf(text)).toBe(address));

it.each([
  ...['ann', 'ann@', '@x.com', 'ann@x', 'ann@x..com', 'ann@.com', 'ann@x.com.', 'a b@x.com', 'ann@x .com', ';', ''],
  ...['ann@x.com>', '<ann@x.com', 'ann@x.com;bob@x.com', 'ann@x.com, bob@x.com', 'ann@x.com (Ann)', 'ann@x.com|1'],
  ...['bob@x.com <ann@x.com>', '<ann@x.com> <bob@x.com>', "ann@x.com'", 'ann@x.com/y', 'ann@x.com:25', 'ann@x,com'],
  ...[`${'a'.repeat(65)}@x.com`, `a@${'b'.repeat(64)}.com`, `a@x.com${' '.repeat(200_000)}`, 'ann@[1.2.3]'],
])('takes %j for none', (text) => expect(emailAddressOf(text)).toBeUndefined());
