import { expect, it } from '@jest/globals';
import { searchFor } from './search.ts';

it.each([
  ['Ann@X', 'email:ann@x.com'],
  ['Email:Ann', 'email:ann@x.com'],
  ['ａｎｎ＠', 'email:ann@x.com'],
  ['ann@xn--mller-kva.de', 'email:ann@müller.de'],
  ['ann@müller.de', 'email:ann@xn--mller-kva.de'],
  ['+44 (20) 79', 'phone:+442079460018'],
  ['phone:＋４４ 20', 'phone:+442079460018'],
  ['U1', 'user:U17'],
  ['U1', 'user:u17'],
  ['user:Jose\u0301', 'user:José-17'],
])('"%s" finds %s', (q, identity) => {
  expect(searchFor(q).identities.some(({ $gte, $lt }) => $gte <= identity && identity < $lt)).toBe(true);
});
