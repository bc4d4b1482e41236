import type { Rule } from '../rule.ts';
import { blankGreeting as blank, greetedTokens } from './greetings.ts';
import { addFallback, mayBeBlank } from './missing-fallback.ts';

export const blankGreeting: Rule = {
  id: 'blank-greeting',
  severity: 'warning',
  about: 'Greetings without a name, such as "Hi ,".',
  *check({ parts, names, samples }) {
    let told = false;
    for (const part of parts) {
      for (const token of greetedTokens(part)) {
        if (!mayBeBlank(token, names)) continue;
        told = true;
        yield {
          message: `Who has no {{${token.written}}} is greeted with a blank. Write {{defaultIfEmpty ${token.written} "there"}}.`,
          at: part.spotOf(token),
          fix: addFallback(token, part),
        };
      }
    }
    if (told) return; // the outcome says the same again
    for (const { whose, mail } of samples) {
      for (const text of [mail.subject, mail.preheader, mail.text]) {
        const [, greeting] = blank.exec(text) ?? [];
        if (greeting === undefined) continue;
        yield {
          message: `The mail ${whose} says "${greeting}" without a name. Give the name a fallback or an {{else}}.`,
        };
        return;
      }
    }
  },
};
