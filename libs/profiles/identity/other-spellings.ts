import { isGmailDomain, literalPattern, spellingsOf } from '#platform';
import { splitIdentity, type IdentityKey } from './identity-key.ts';
import { readingNow } from './parse-identity.ts';
import type { IdentityPolicy } from './policy.ts';

const gmailDomain = 'g(?:oogle)?mail\\.com'; // without a bar: MongoDB would not search by the beginning

/**
 * What finds the stored addresses that the policy may read as one of the given ones: none where it reads them as they are written. Each begins with what they
 * begin with, so that an index bounds the search; whether one found is the same is for `readingNow` to say.
 */
export function otherSpellings(identities: readonly IdentityKey[], policy: IdentityPolicy): RegExp[] {
  const { dots, tags } = policy.email;
  if (dots === 'keep' && tags === 'keep') return [];
  const emails = identities.filter((identity) => splitIdentity(identity).kind === 'email');
  const read = new Set(emails.flatMap((identity) => spellingsOf(readingNow(identity, { policy }))));
  return [...read].flatMap((identity) => {
    const { value } = splitIdentity(identity);
    const [local = '', domain = ''] = splitAtDomain(value);
    const isGmail = isGmailDomain(domain);
    const tag = tags === 'drop' || (tags === 'dropGmail' && isGmail) ? '(?:\\+.*)?' : '';
    if (isGmail && dots === 'dropGmail') return dotted(local, tag);
    return tag === '' ? [] : [new RegExp(`^email:${literalPattern(local)}${tag}@${literalPattern(domain)}$`)];
  });
}

/** By two patterns, as what may begin with a dot has no beginning to search by. */
function dotted(local: string, tag: string): RegExp[] {
  const letters = [...local.replaceAll('.', '')].map(literalPattern);
  const rest = `${letters.join('\\.*')}\\.*${tag}@${gmailDomain}$`;
  return [new RegExp(`^email:${rest}`), new RegExp(`^email:\\.+${rest}`)];
}

function splitAtDomain(email: string): [string, string] {
  const at = email.lastIndexOf('@');
  return [email.slice(0, at), email.slice(at + 1)];
}
