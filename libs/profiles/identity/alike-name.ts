import { emailReadBy, withReadableDomain } from '#platform';
import { identityKey, splitIdentity, type IdentityKey } from './identity-key.ts';

const loosest = { dots: 'dropGmail', tags: 'drop' } as const;
const lastDigits = 6;

/** What identities have in common that some policy reads as the same one: the loosest reading of an address, the last digits of a number. */
export function alikeName(identity: IdentityKey): string | undefined {
  const { kind, value } = splitIdentity(identity);
  if (kind === 'email') return identityKey(kind, withReadableDomain(emailReadBy(loosest, value)));
  if (kind !== 'phone') return undefined;
  const [number = ''] = value.split(';');
  return `phone~${number.slice(1).length < lastDigits ? number : number.slice(-lastDigits)}`;
}

/** Kept beside an identity that is not found without it: whoever asks for one that is read as the same can tell the address, but not how it was written. */
export function alikeField(identity: IdentityKey): { alike?: string } {
  const alike = alikeName(identity);
  return alike === undefined || alike === identity || identity.startsWith('phone:+') ? {} : { alike };
}
