import type { Rule } from '../rule.ts';
import { linksOf, shortened } from './links.ts';

export const insecureLink: Rule = {
  id: 'insecure-link',
  severity: 'warning',
  about: 'Links with http instead of https.',
  *check({ parts }) {
    for (const { part, href } of linksOf(parts)) {
      const [scheme = ''] = /^\s*http(?=:\/\/[^\s/])/i.exec(href.value) ?? [];
      if (scheme === '') continue;
      const end = href.start + scheme.length;
      yield {
        message: `The link "${shortened(href)}" is not encrypted: write https, and check that the site has it.`,
        at: part.spot(href.start, href.end),
        fix: { title: 'Write https', edits: [{ ...part.spot(end, end), text: 's' }] },
      };
    }
  },
};
