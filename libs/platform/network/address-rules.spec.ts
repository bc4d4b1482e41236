import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from './address-rules.ts';
import { guardedLookup } from './guarded-lookup.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
    'lets %s pass',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '192.168.1.1',
    '172.31.255.255',
    '255.255.255.255',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '::',
    'abc',
    '',
  ])('refuses %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('refuses whatever carries an IPv4 address inside', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.constantFrom('::ffff:', '64:ff9b::', '::'), (a, b, c, d, prefix) => {
        expect(isPublicAddress(`${prefix}${a}.${b}.${c}.${d}`)).toBe(false);
      }),
    );
  });
});

describe('guardedLookup', () => {
  const lookup = (...addresses: string[]) =>
    guardedLookup((_host, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    );
  const answer = (addresses: string[], all: boolean) =>
    new Promise<unknown>((resolve) =>
      lookup(...addresses)('x.test', { all }, (error, found) => resolve(error ?? found)),
    );

  it('gives public addresses in the form that was asked for', async () => {
    expect(await answer(['8.8.8.8', '9.9.9.9'], false)).toBe('8.8.8.8');
    expect(await answer(['8.8.8.8'], true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('refuses a name when any of its addresses is private, or when it has none', async () => {
    expect(await answer(['8.8.8.8', '127.0.0.1'], true)).toMatchObject({ code: 'address_not_allowed' });
    expect(await answer([], false)).toMatchObject({ code: 'address_not_allowed' });
  });
});
