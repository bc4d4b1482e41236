import { expect, it } from '@jest/globals';
import { defaultIdentityPolicy, nationalNumbers, withNationalNumbers } from './index.ts';

const policyOf = (region: string | null) => ({
  ...defaultIdentityPolicy,
  phone: { region, uncertain: 'keep' as const },
});
const numbers = (number: string, region: string | null): string[] =>
  nationalNumbers(`phone:${number}`, policyOf(region)).map((one) => one.replace('phone:', ''));

it('tells how a number is written in the country of the policy', () => {
  const british = ['02079460018', '2079460018', '442079460018', '00442079460018'];
  expect(numbers('+442079460018', 'GB')).toEqual(british);
  expect(numbers('+390612345678', 'IT')).toContain('0612345678'); // where the zero is a part of the number
  expect(numbers('+12125550123', 'US')).toEqual(expect.arrayContaining(['2125550123', '12125550123']));
});

it.each([
  ['+442079460018', null],
  ['+442079460018', 'DE'],
  ['+442079460018', 'XX'],
  ['+4420', 'GB'],
  ['02079460018', 'GB'],
  ['+442079460018;ext=5', 'GB'],
])('tells nothing of %s for %s', (number, region) => {
  expect(numbers(number, region)).toEqual([]);
});

it('adds them to other identities', () => {
  const [ann, number] = ['email:ann@x.com', 'phone:+442079460018'];
  const all = withNationalNumbers([ann, number], policyOf('GB'));
  expect(all).toEqual([ann, number, ...nationalNumbers(number, policyOf('GB'))]);
});

it('is about telephone numbers only', () => {
  expect(nationalNumbers('user:+442079460018', policyOf('GB'))).toEqual([]);
});
