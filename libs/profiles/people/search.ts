import { splitIdentity } from '../identity/index.ts';
import { searchable } from '../folding/index.ts';

/** A range of an index: texts that start with the same letters. */
export interface Prefix {
  $gte: string;
  $lt: string;
}

export interface Search {
  identities: Prefix[];
  names: Prefix[];
}

const searchedKinds = ['email', 'phone', 'user'];
const kindPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** What the text that somebody typed may be the start of: an identity, with or without its kind, or a name. Never a pattern. */
export function searchFor(q: string): Search {
  const text = searchable(q);
  const digits = text.replace(/(?!^\+)\D/g, '');
  const usual = searchedKinds.map((kind) => prefix(`${kind}:${kind === 'phone' && digits ? digits : text}`));
  return { identities: [...named(q.trim()), ...usual], names: [prefix(text)] };
}

/** `email:ann` names its kind. */
function named(q: string): Prefix[] {
  const { kind, value } = splitIdentity(q);
  if (!q.includes(':') || !kindPattern.test(kind)) return [];
  return [prefix(`${kind}:${kind === 'email' ? value.toLowerCase() : value}`)];
}

function prefix(start: string): Prefix {
  return { $gte: start, $lt: `${start}\u{10ffff}` };
}
