import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { identityKey, splitIdentity, type IdentityKey } from './identity-key.ts';
import { isRegion, phoneOf } from './phone.ts';
import type { IdentityPolicy } from './policy.ts';

const abroad = '00';

/**
 * A number with its country code as it is kept where no policy tells the region that it is written in: by the digits that people dial there. None of a number that
 * the policy's region does not make of them, and of all else.
 */
export function nationalNumbers(
  identity: IdentityKey,
  { phone: policy }: Pick<IdentityPolicy, 'phone'>,
): IdentityKey[] {
  const { kind, value } = splitIdentity(identity);
  const { region } = policy;
  if (kind !== 'phone' || !value.startsWith('+') || region === null || !isRegion(region)) return [];
  const code = getCountryCallingCode(region);
  if (!value.startsWith(`+${code}`)) return [];
  const number = parsePhoneNumberFromString(value);
  if (!number?.isValid() || number.ext) return [];
  const { nationalNumber: national } = number;
  const dialled = number.formatNational().replace(/\D/g, '');
  const written = new Set([dialled, national, `0${national}`, `${code}${national}`, `${abroad}${code}${national}`]);
  return [...written]
    .filter((digits) => phoneOf(digits, { region, uncertain: 'keep' }, null) === value)
    .map((digits) => identityKey(kind, digits));
}

/** Identities, and as what else somebody may have been erased when the policy did not tell the country of numbers. */
export function withNationalNumbers(
  identities: readonly IdentityKey[],
  policy: Pick<IdentityPolicy, 'phone'>,
): IdentityKey[] {
  return [...new Set(identities.flatMap((identity) => [identity, ...nationalNumbers(identity, policy)]))];
}
