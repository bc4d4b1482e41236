import { nearest } from '../../guard/index.ts';
import { reservedNames } from '../../compose/index.ts';
import { parentOf, type KnownNames } from '../names/index.ts';
import type { Rule } from '../rule.ts';

export const unknownToken: Rule = {
  id: 'unknown-token',
  severity: 'warning',
  about: 'Tokens that nobody has and no mapping feeds, with the nearest name that exists.',
  *check({ parts, names }) {
    if (!names) return;
    for (const part of parts) {
      for (const token of part.outline.tokens) {
        const { paths, written } = token;
        const [path] = paths;
        if (
          path === undefined ||
          quotes.test(written) ||
          paths.some((one) => names.has(one) || names.has(withoutSize(one)))
        )
          continue;
        const at = part.spotOf(token);
        const meant = correctionOf(path, written, names);
        const advice = meant === undefined ? 'Check its spelling, or map it in a sync.' : `Did you mean {{${meant}}}?`;
        yield {
          message: `Nobody has "${path}", and no mapping feeds it. ${advice}`,
          at,
          ...(meant !== undefined && { fix: { title: `Write ${meant}`, edits: [{ ...at, text: meant }] } }),
        };
      }
    }
  },
};

/** Lists and texts tell how long they are. */
function withoutSize(path: string): string {
  return path.replace(/\.(?:size|length)$/, '');
}

/** Those are another rule's. */
const quotes = /[“”„‟‘’‚«»]/;

/** The token with its last name, the one that is wrong, put right. */
function correctionOf(path: string, written: string, names: KnownNames): string | undefined {
  const parent = parentOf(path);
  const wrong = path.slice(parent.length);
  const beside = [...names.siblings(path), ...(parent === '' ? reservedNames : [])];
  const right = nearest(wrong, [...new Set(beside.map((sibling) => sibling.slice(parent.length)))]);
  if (right === undefined || right === wrong || !written.endsWith(wrong) || !/^[\w$-]+$/.test(right)) return undefined;
  return written.slice(0, written.length - wrong.length) + right;
}
