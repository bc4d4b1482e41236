import { expect, it } from '@jest/globals';
import { identityHashesIn } from './identity-hashes.ts';

const plain = { hmac: (purpose: string, text: string) => `${purpose} ${text}` };
const found = (value: unknown): string[] => identityHashesIn(JSON.stringify(value), plain);

it('finds addresses wherever they stand, once, as they are compared', () => {
  expect(
    found({ to: 'Ann@Example.com', text: 'Ann <ann@example.com> wrote:\n"bob.b+shop@mail.example.co.uk"' }),
  ).toEqual(['identity email:ann@example.com', 'identity email:bob.b+shop@mail.example.co.uk']);
  expect(found({ handle: '@ann', odd: 'a@b', nothing: 'x @ y' })).toEqual([]);
});

it('finds telephone numbers with their country code, where they are the whole value', () => {
  expect(found({ phone: '+44 (0)20 7946-0018', others: ['+4917012345678', 'tel:+1-202-555-0143'] })).toEqual([
    'identity phone:+442079460018',
    'identity phone:+4917012345678',
    'identity phone:+12025550143',
  ]);
  expect(
    found({ text: 'call +44 20 7946 0018', sum: '+12', formula: '+1234567+7', long: `+${'1'.repeat(16)}` }),
  ).toEqual([]);
});

it('takes no longer for what is full of signs', () => {
  expect(found('+'.repeat(200_000) + '@'.repeat(200_000))).toEqual([]);
  expect(found(Array.from({ length: 20_000 }, () => '+1 '))).toEqual([]);
});
