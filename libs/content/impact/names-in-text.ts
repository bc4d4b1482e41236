import { slugOf } from '../guard/index.ts';

/** Slugs of the feeds that a source names: `feeds.news`, `feeds.[news]`, and Iterable's `catalog "News"` and `[[news.title]]`. */
export function feedsNamedIn(text: string): string[] {
  const paths = [...text.matchAll(/\bfeeds[./](?:\[([^\]]*)\]|([^\s.[\]/{}()|="'~]+))/g)];
  const catalogs = [...text.matchAll(/\bcatalog\s+(?:"([^"]*)"|'([^']*)')/g)];
  const squares = [...text.matchAll(/\[\[~?\s*\{?\s*(?:#\w+\s+)?([A-Za-z_]\w*)/g)];
  return [...paths, ...catalogs, ...squares].map(([, one, other]) => slugOf(one ?? other ?? ''));
}

/** Keys of the strings that a source shows: `{{t "greeting"}}`, `(t 'greeting' name=first)`. */
export function stringsNamedIn(text: string): string[] {
  const calls = [...text.matchAll(/(?<![\w.-])t\s+(?:"([^"]*)"|'([^']*)')/g)];
  return calls.map(([, one, other]) => one ?? other ?? '');
}
