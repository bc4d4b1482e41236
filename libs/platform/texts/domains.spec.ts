import { expect, it } from '@jest/globals';
import { spellingsOf, withReadableDomain } from './index.ts';

it.each([
  ['ann@xn--mller-kva.de', 'ann@müller.de'],
  ['ann@müller.de', 'ann@müller.de'],
  ['ann@xn--fa-hia.de', 'ann@faß.de'],
  ['我@xn--fsqu00a.xn--fiqs8s', '我@例子.中国'],
  ['a_b@mail_1.xn--mller-kva.de', 'a_b@mail_1.müller.de'],
  ['xn--mller-kva@x.com', 'xn--mller-kva@x.com'],
  ['xn--mller-kva.de', 'xn--mller-kva.de'],
])('%s is written %s', (address, readable) => {
  expect(withReadableDomain(address)).toBe(readable);
  expect(withReadableDomain(readable)).toBe(readable);
});

it('leaves what is no domain, or would be that of somebody else', () => {
  for (const domain of ['xn--', 'xn--a.com', 'xn--abc-.de', 'xn--mller-kva.de.xn--zzzzzz', '℀.de'])
    expect(spellingsOf(`email:ann@${domain}`)).toEqual([`email:ann@${domain}`]);
});

it('knows both ways of writing, whichever it is given', () => {
  const both = ['email:ann@müller.de', 'email:ann@xn--mller-kva.de'];
  for (const one of both) expect(spellingsOf(one).sort()).toEqual([...both].sort());
  for (const one of ['email:ann@x.com', 'user:ann@müller.de']) expect(spellingsOf(one)).toEqual([one]);
});
