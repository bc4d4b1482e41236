import { expect, it } from '@jest/globals';
import { assert, constantFrom, property, record, stringMatching } from 'fast-check';
import { defaultIdentityPolicy, readingNow, otherSpellings } from './index.ts';

const address = stringMatching(/^email:[ab]{1,2}[.+]{0,2}[ab*]{0,2}@(gmail\.com|googlemail\.com|x-y\.de|müller\.de)$/);
const reading = record({
  dots: constantFrom('keep' as const, 'dropGmail' as const),
  tags: constantFrom('keep' as const, 'dropGmail' as const, 'drop' as const),
});

it('finds every address that a policy reads as one of some', () => {
  assert(
    property(address, address, reading, (one, other, email) => {
      const policy = { ...defaultIdentityPolicy, email };
      const isSame = one !== other && readingNow(one, { policy }) === readingNow(other, { policy });
      const isFound = otherSpellings([one], policy).some((pattern) => pattern.test(other));
      expect(isSame && !isFound).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

it('searches where an index can: by the beginning of the address', () => {
  const policy = { ...defaultIdentityPolicy, email: { dots: 'dropGmail', tags: 'drop' } as const };
  expect(otherSpellings(['email:a.b+c@gmail.com', 'email:n@x.de', 'user:1'], policy).map(String)).toEqual([
    String.raw`/^email:a\.*b\.*(?:\+.*)?@g(?:oogle)?mail\.com$/`,
    String.raw`/^email:\.+a\.*b\.*(?:\+.*)?@g(?:oogle)?mail\.com$/`,
    String.raw`/^email:n(?:\+.*)?@x\.de$/`,
  ]);
  expect(otherSpellings(['email:a.b+c@gmail.com'], defaultIdentityPolicy)).toEqual([]);
});
