import type { Rule } from '../rule.ts';

export const missingLang: Rule = {
  id: 'missing-lang',
  severity: 'hint',
  about: 'HTML that does not say its language, so that screen readers mispronounce it.',
  *check({ parts }) {
    for (const part of parts) {
      const html = part.html.opening.find(({ name }) => name === 'html');
      if (!html || html.attributes.has('lang')) continue;
      yield {
        message: 'The <html> tag does not say its language: write lang="en", or the language of the mail.',
        at: part.spot(html.start, html.end),
        fix: {
          title: 'Say the mail’s language',
          edits: [{ ...part.spot(html.nameEnd, html.nameEnd), text: ' lang="{{@locale}}"' }],
        },
      };
    }
  },
};
