import { domainToASCII, domainToUnicode } from 'node:url';

const international = /[^\0-\x7f]|xn--/;

/**
 * An address, small letters, with its domain as people write it: `ann@müller.de`, not `ann@xn--mller-kva.de`. What is no such domain, or would lead to another
 * one, stays as it is.
 */
export function withReadableDomain(address: string): string {
  return rewritten(address, (domain) => {
    const encoded = domainToASCII(domain);
    const readable = domainToUnicode(encoded);
    return domainToASCII(readable) === encoded ? readable : '';
  });
}

/** An identity in all ways in which it may be stored: an e-mail address with its domain in either way of writing. All others are themselves alone. */
export function spellingsOf(identity: string): string[] {
  if (!identity.startsWith('email:') || !international.test(identity)) return [identity];
  return [...new Set([identity, withReadableDomain(identity), rewritten(identity, domainToASCII)])];
}

function rewritten(address: string, rewrite: (domain: string) => string): string {
  const start = address.lastIndexOf('@') + 1;
  const domain = address.slice(start);
  if (start === 0 || !international.test(domain)) return address;
  return address.slice(0, start) + (rewrite(domain) || domain);
}
