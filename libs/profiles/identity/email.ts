import { emailAddressOf } from '#platform';
import { invalidIdentity } from './invalid-identity.ts';
import type { EmailPolicy } from './policy.ts';

const gmail = new Set(['gmail.com', 'googlemail.com']);

/** An address with what the policy says of dots and tags. Throws `invalid_identity`. */
export function emailOf(text: string, { dots, tags }: EmailPolicy, field: string | null): string {
  const email = emailAddressOf(text);
  if (email === undefined) throw invalidIdentity(field, 'is not an e-mail address such as ann@example.com');
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
