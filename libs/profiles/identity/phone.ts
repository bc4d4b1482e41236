import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { invalidIdentity } from './invalid-identity.ts';
import type { PhonePolicy } from './policy.ts';

export function isRegion(region: string): region is CountryCode {
  return isSupportedCountry(region);
}

/**
 * E.164 (and `;ext=` where there is an extension) of a number that is valid where it claims to be. Others name whoever they are mapped to
 * only by their digits, with a leading plus where there was one: most systems write one number alike all the time. Throws `invalid_identity`.
 */
export function phoneOf(text: string, { region, uncertain }: PhonePolicy, field: string | null): string {
  const defaultCountry = region !== null && isRegion(region) ? region : undefined;
  const phone =
    text.startsWith('+') || defaultCountry
      ? parsePhoneNumberFromString(text, { defaultCountry, extract: false })
      : undefined;
  if (phone?.isValid()) return phone.ext ? `${phone.number};ext=${phone.ext}` : phone.number;
  if (uncertain === 'keep') return digitsOf(text, field);
  throw invalidIdentity(
    field,
    'is not a telephone number that can be read with certainty, such as +44 20 7946 0018',
    'Write it with its country code, set `phone.region` of the identity policy, or let the policy keep such numbers.',
  );
}

function digitsOf(text: string, field: string | null): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length >= 4 && digits.length <= 20) return text.startsWith('+') ? `+${digits}` : digits;
  throw invalidIdentity(field, 'is not a telephone number of 4 to 20 digits');
}
