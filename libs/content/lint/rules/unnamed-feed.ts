import type { Rule } from '../rule.ts';

export const unnamedFeed: Rule = {
  id: 'unnamed-feed',
  severity: 'warning',
  about: "Iterable's [[title]] that does not say which feed it is of: it is shown as it is.",
  *check({ parts }) {
    for (const part of parts) {
      for (const { 0: written, 1: field, index } of part.source.matchAll(/\[\[\{?\s*([A-Za-z_]\w*)\s*\}?\]\]/g)) {
        const end = index + written.length;
        if (part.tags.some((tag) => tag.start < end && index < tag.end)) continue;
        yield {
          message: `"${written.slice(0, 60)}" is shown as it is: name the feed, [[news.${field?.slice(0, 40)}]].`,
          at: part.spot(index, end),
        };
      }
    }
  },
};
