import type { OutlinedToken } from '../../tokens/index.ts';
import type { Fix, Spot } from '../finding.ts';
import type { KnownNames } from '../names/index.ts';
import type { LintedPart } from '../mail/index.ts';

/** What to say instead of a missing name. */
const nameLike = /(^|[._])(first|full|given|nick|last|family|user|display)?_?name$/i;

/** Whether a token may print nothing at all. */
export function mayBeBlank({ use, fallback, guarded, paths }: OutlinedToken, names: KnownNames | undefined): boolean {
  if (use !== 'text' || fallback || guarded || paths.length === 0) return false;
  return paths.every((path) => !alwaysThere.test(path) && names?.share(path) !== 1);
}

const alwaysThere = /^(now|unsubscribeUrl|profile\.(id|version|createdAt|updatedAt)|(orders|events|consents)\[\*\].*)$/;

/** Gives a token a fallback; people see to what it says. */
export function addFallback(token: OutlinedToken, part: LintedPart): Fix {
  const at: Spot = part.spotOf(token);
  const fallback = nameLike.test(token.written) ? 'there' : '';
  const call = `defaultIfEmpty ${part.source.slice(at.start, at.end)} "${fallback}"`;
  const text = token.argument ? `(${call})` : call;
  const title = fallback === '' ? 'Leave it blank on purpose' : `Say "${fallback}" instead`;
  return { title, edits: [{ ...at, text }] };
}
