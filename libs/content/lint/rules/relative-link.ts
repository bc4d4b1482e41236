import type { Rule } from '../rule.ts';
import { linksOf, shortened } from './links.ts';

export const relativeLink: Rule = {
  id: 'relative-link',
  severity: 'warning',
  about: 'Links without a site: a mail has no page that they are relative to.',
  *check({ parts }) {
    for (const { part, href } of linksOf(parts)) {
      // A scheme, a place within the mail, a token, or nothing at all: those are others' matter.
      if (/^\s*([a-z][a-z0-9+.-]*:|#|\{\{|$)/i.test(href.value)) continue;
      const begin = href.start + href.value.search(/\S/);
      if (part.tags.some(({ start }) => start === begin)) continue; // [[news.url]]
      yield {
        message: `The link "${shortened(href)}" leads nowhere in a mail: write the whole address, with https://.`,
        at: part.spot(href.start, href.end),
      };
    }
  },
};
