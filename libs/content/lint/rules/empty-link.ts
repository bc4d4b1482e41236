import type { Rule } from '../rule.ts';
import { linksOf } from './links.ts';

export const emptyLink: Rule = {
  id: 'empty-link',
  severity: 'warning',
  about: 'Links without an address, and placeholders such as #.',
  *check({ parts }) {
    for (const { part, href } of linksOf(parts)) {
      if (!/^\s*(#|https?:\/*|)\s*$/i.test(href.value)) continue;
      const what = href.value.trim() === '' ? 'has no address' : `is a placeholder ("${href.value.trim()}")`;
      yield { message: `The link ${what}: say where it leads.`, at: part.spot(href.start, href.end) };
    }
  },
};
