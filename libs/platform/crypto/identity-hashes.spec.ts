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

it('takes no part of an address for the address of somebody else', () => {
  const addresses = ["o'brien@x.com", 'müller@x.com', 'josé@x.com', 'sales/emea@x.com', '?ann@x.com'];
  for (const address of addresses) expect(found({ to: address })).toEqual([`identity email:${address}`]);
  expect(found({ body: JSON.stringify({ to: "o'brien@x.com" }) })).toEqual(["identity email:o'brien@x.com"]);
});

it('finds both that an address within a text may be', () => {
  expect(found("Ask o'brien@x.com.")).toEqual(["identity email:o'brien@x.com", 'identity email:brien@x.com']);
  expect(found('https://x.com/?email=ann@x.com&from=mail')).toContain('identity email:ann@x.com');
});

it('reads letters however they are written', () => {
  const sent = String.raw`{"a":"jos\u00e9@x.com","b":"ann\u002Bnews@x.com","c":"\u002B44 20 7946 0018","d":"bob\u0040x.com"}`;
  expect(identityHashesIn(sent, plain)).toEqual([
    'identity email:josé@x.com',
    'identity email:ann+news@x.com',
    'identity email:bob@x.com',
    'identity phone:+442079460018',
  ]);
  expect(found('José@X.com'.normalize('NFD'))).toEqual(['identity email:josé@x.com']);
  expect(found(['İNFO@X.COM', '\u200bann\u00ad@x.com', 'ｂｏｂ＠x.com', '\u202a+４４ 20 7946 0018\u202c'])).toEqual([
    'identity email:info@x.com',
    'identity email:ann@x.com',
    'identity email:bob@x.com',
    'identity phone:+442079460018',
  ]);
});

it('marks by both ways of writing a domain, whichever is there', () => {
  const both = ['identity email:josé@bücher.de', 'identity email:josé@xn--bcher-kva.de'];
  for (const address of ['José@Bücher.de'.normalize('NFD'), 'José@XN--bcher-kva.de'])
    expect(found(address).sort()).toEqual(both);
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
