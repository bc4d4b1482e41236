import { MillraceError } from '@millrace/sdk';
import { maxIdentityLength } from './identity-key.ts';

const controls = /[\u0000-\u001f\u007f-\u009f]/;
const emailPattern = /^[^\s@"<>(),;:\\]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/;

/**
 * The value of an identity as it is compared; undefined when nothing is said (null, empty text). Only texts and finite numbers name a
 * person: anything else (an object such as `{"$gt": ""}`) throws `invalid_identity`. `field` is for the message; values stay out of it.
 */
export function normaliseIdentity(kind: string, value: unknown, field = `identities.${kind}`): string | undefined {
  const text = plainText(value, field);
  if (text === undefined) return undefined;
  if (kind === 'email') return emailOf(text, field);
  if (kind === 'phone') return phoneOf(text, field);
  return text;
}

function plainText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') throw invalid(field, 'is neither text nor a number. Map a single value to it.');
  const text = value.trim().normalize('NFC');
  if (text === '') return undefined;
  if (text.length > maxIdentityLength)
    throw invalid(field, `has more than ${maxIdentityLength} characters. Map a shorter value to it.`);
  if (controls.test(text)) throw invalid(field, 'has control characters in it. Correct the value in the source.');
  return text;
}

function emailOf(text: string, field: string): string {
  const email = text.toLowerCase();
  if (email.length <= 254 && emailPattern.test(email)) return email;
  throw invalid(
    field,
    'is not an e-mail address such as ann@example.com. Correct it in the source, or map another field.',
  );
}

/** Digits, and a leading plus where there was one. */
function phoneOf(text: string, field: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length >= 4 && digits.length <= 20) return text.startsWith('+') ? `+${digits}` : digits;
  throw invalid(field, 'is not a telephone number of 4 to 20 digits. Correct it in the source, or map another field.');
}

function invalid(field: string, problem: string): MillraceError {
  return new MillraceError('invalid_identity', `The value of ${field} ${problem}`);
}
