import { comparableEmail, composed, plainLetters, spellingsOf } from '#platform';
import { splitIdentity, typedKind } from '../identity/index.ts';
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

const kindPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** What the text that somebody typed may be the start of: an identity, with or without its kind, or a name. Never a pattern. */
export function searchFor(q: string): Search {
  const text = searchable(q);
  const usual = [comparable('email', q), comparable('phone', q), comparable('user', q), `user:${text}`];
  return { identities: [...named(q), ...usual].flatMap(spellingsOf).map(prefix), names: [prefix(text)] };
}

/** `email:ann` names its kind. */
function named(q: string): string[] {
  const { kind, value } = splitIdentity(q.trim());
  return q.includes(':') && kindPattern.test(kind) ? [comparable(typedKind(kind), value)] : [];
}

function comparable(kind: string, value: string): string {
  if (kind === 'email') return `email:${comparableEmail(value)}`;
  const text = kind === 'phone' ? plainLetters(value).trim() : composed(value.trim());
  const digits = text.replace(/(?!^\+)\D/g, '');
  return `${kind}:${(kind === 'phone' && digits) || text}`;
}

function prefix(start: string): Prefix {
  return { $gte: start, $lt: `${start}\u{10ffff}` };
}
