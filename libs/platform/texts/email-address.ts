import { withReadableDomain } from './domains.ts';
import { comparableEmail } from './plain-letters.ts';

const local = String.raw`[^\s@"<>(),;:\\]{1,64}`;
/** Of ASCII small letters, digits, - and _; of other letters whatever there is: registries differ. */
const label = String.raw`[^\s@.!-,/:-^\x60{-\x7f]{1,63}`;
const literal = String.raw`\[\d{1,3}(?:\.\d{1,3}){3}\]`;
const address = new RegExp(`^${local}@(?:${label}(?:\\.${label}){1,8}|${literal})$`, 'u');
const named = /^[^<>@]*<([^<>]+)>$/;
const longest = 254;
/** With a name around it; what is longer is not looked through. */
const longestText = 512;

/**
 * The e-mail address that a text is, as it is compared. What mail programs write around one is no part of it: `Ann <ann@x.com>`, `ann@x.com;`. Undefined: it is
 * no address, or several.
 */
export function emailAddressOf(text: string): string | undefined {
  if (text.length > longestText) return undefined;
  const bare = comparableEmail(text).replace(/[\s,;]+$/, '');
  const found = withReadableDomain((named.exec(bare)?.[1] ?? bare).trim());
  return found.length <= longest && address.test(found) ? found : undefined;
}
