import { invalidIdentity } from './invalid-identity.ts';
import type { EmailPolicy } from './policy.ts';

const pattern = /^[^\s@"<>(),;:\\]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/;
const gmail = new Set(['gmail.com', 'googlemail.com']);

/** An address with what the policy says of dots and tags. Throws `invalid_identity`. @param email as `comparableEmail` gives it */
export function emailOf(email: string, { dots, tags }: EmailPolicy, field: string | null): string {
  if (email.length > 254 || !pattern.test(email)) {
    throw invalidIdentity(field, 'is not an e-mail address such as ann@example.com');
  }
  if (dots === 'keep' && tags === 'keep') return email;
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const isGmail = gmail.has(domain);
  let local = email.slice(0, at);
  if (tags === 'drop' || (tags === 'dropGmail' && isGmail)) local = withoutTag(local);
  if (dots === 'keep' || !isGmail) return `${local}@${domain}`;
  return `${local.replaceAll('.', '') || local}@gmail.com`;
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}
