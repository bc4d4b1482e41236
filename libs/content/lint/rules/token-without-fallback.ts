import type { LintedPart } from '../mail/index.ts';
import type { Rule } from '../rule.ts';
import { greetedTokens } from './greetings.ts';
import { addFallback, mayBeBlank } from './missing-fallback.ts';

/** `[[news.title]]` is a feed's, and can be given no fallback. */
function isSquare({ source, tags }: LintedPart, at: number): boolean {
  return tags.some(({ start, end }) => start <= at && at < end && source.startsWith('[[', start));
}

export const tokenWithoutFallback: Rule = {
  id: 'token-without-fallback',
  severity: 'warning',
  about: 'Tokens that print nothing for people who lack them.',
  *check({ parts, names }) {
    for (const part of parts) {
      const greeted = greetedTokens(part);
      for (const token of part.outline.tokens) {
        if (!mayBeBlank(token, names) || greeted.has(token) || isSquare(part, part.spotOf(token).start)) continue;
        const share = names && token.paths.map((path) => names.share(path)).find((one) => one !== undefined);
        const who =
          share === undefined ? 'some people' : `about ${Math.max(1, Math.round((1 - share) * 100))} % of people`;
        yield {
          message: `{{${token.written}}} may be blank: ${who} may lack it. Write {{defaultIfEmpty ${token.written} "…"}}, or wrap it in {{#if ${token.written}}}.`,
          at: part.spotOf(token),
          fix: addFallback(token, part),
        };
      }
    }
  },
};
