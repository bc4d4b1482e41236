import type { OutlinedToken } from '../../tokens/index.ts';
import type { LintedPart } from '../mail/index.ts';

const words = 'hi|hello|hey|dear|hallo|hola|olá|ciao|bonjour|liebe[rs]?|salut|hej';

/** "Hi ," and "Hi !" in a mail: there was to be a name before the sign. */
export const blankGreeting = new RegExp(`(?:^|[\\s>])((?:${words})[ \\t\\u00a0]+[,!])`, 'imu');

const before = new RegExp(`(?:^|[^\\p{L}])(?:${words})(?:\\s|&nbsp;|<[^<>]{1,200}>)+$`, 'iu');

/** Tokens right behind the first word of a greeting: `Hi {{firstName}},`. */
export function greetedTokens(part: LintedPart): Set<OutlinedToken> {
  const greeted = part.outline.tokens.filter((token) => {
    const { start } = part.spotOf(token);
    const tag = part.tags.find((one) => one.start <= start && start < one.end);
    return tag !== undefined && before.test(part.source.slice(Math.max(0, tag.start - 260), tag.start));
  });
  return new Set(greeted);
}
