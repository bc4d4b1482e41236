import { emailAddressOf, emailReadBy, type EmailReading } from '#platform';
import { invalidIdentity } from './invalid-identity.ts';

/** An address with what the policy says of dots and tags. Throws `invalid_identity`. */
export function emailOf(text: string, reading: EmailReading, field: string | null): string {
  const email = emailAddressOf(text);
  if (email === undefined) throw invalidIdentity(field, 'is not an e-mail address such as ann@example.com');
  return emailReadBy(reading, email);
}
