import { MillraceError } from '@millrace/sdk';
import { plainLetters } from '#platform';
import { identityKey, type IdentityKey } from './identity-key.ts';
import type { IdentityRules } from './identity-rules.ts';

const deepest = 20;
const address = /^[^\s@]{1,64}@[^\s@]{1,255}$/;
const digitsAndSigns = /^(?:tel:)?[+(]?\d[\d ()./-]{4,30}$/;
/** A number is written as one is dialled: with a leading zero or plus, or in groups. Bare digits may be anything. */
const dialled = /^(?:tel:)?(?:[+(0]|\d+[ ()./-])/;
const date = /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})$/;
const phoneNames = /^(?:phone|telephone|mobile|cell|handy|msisdn|whatsapp|sms|fax|telefon|telemovel|celular|tel|fon)/;
const words = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/**
 * Addresses and telephone numbers among a record's values, as the identity policy reads them: numbers without their country code where it knows the
 * region, addresses without the dots and tags that it ignores. Bare digits are taken for a number only in a field that is called so.
 */
export function recognisedIdentities(record: unknown, rules: IdentityRules): IdentityKey[] {
  const found = new Set<IdentityKey>();
  const look = (value: unknown, name: string, depth: number): void => {
    if (typeof value === 'string' || typeof value === 'number') {
      const text = plainLetters(String(value)).trim();
      const kind = kindIn(text, name);
      const identity = kind && read(kind, text.replace(/^tel:/, ''), rules);
      if (identity !== undefined) found.add(identity);
    } else if (typeof value === 'object' && value !== null && depth < deepest) {
      const isList = Array.isArray(value);
      for (const [key, inner] of Object.entries(value)) look(inner, isList ? name : key, depth + 1);
    }
  };
  look(record, '', 0);
  return [...found];
}

function kindIn(text: string, name: string): 'email' | 'phone' | undefined {
  if (address.test(text)) return 'email';
  if (!digitsAndSigns.test(text) || date.test(text)) return undefined;
  return dialled.test(text) || isPhoneName(name) ? 'phone' : undefined;
}

function isPhoneName(name: string): boolean {
  return (name.match(words) ?? []).some((word) => phoneNames.test(word.toLowerCase()));
}

/** Only numbers whose country is certain: digits alone may be somebody's in any country. */
function read(kind: 'email' | 'phone', text: string, rules: IdentityRules): IdentityKey | undefined {
  try {
    const value = rules.normalise(kind, text);
    return value === undefined || (kind === 'phone' && !value.startsWith('+')) ? undefined : identityKey(kind, value);
  } catch (error) {
    if (error instanceof MillraceError) return undefined; // not one, so it names nobody
    throw error;
  }
}
